package org.caravanhub.transfer;

/** The name of a metric for a measurement and a unit of the homelab family. */
final class HomelabMetric {
    private HomelabMetric() {}

    static String name(String measurement, String unit) {
        return switch (measurement) {
            case "temperature" -> "temperature_c";
            case "humidity" -> "humidity_percent";
            case "pressure" -> "pressure_hpa";
            case "voltage" -> "voltage_v";
            default -> unit.isEmpty() ? measurement : measurement + "_" + unit.toLowerCase(java.util.Locale.ROOT);
        };
    }
}

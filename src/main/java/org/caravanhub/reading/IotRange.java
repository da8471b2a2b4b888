package org.caravanhub.reading;

/** The ranges that the iot family declares. What is outside is flagged, and kept. They belong to this family alone. */
final class IotRange {
    private IotRange() {}

    /** Whether the family says that this metric cannot have this value. */
    static boolean excludes(String metric, String digits) {
        return switch (metric) {
            case "temperature_c" -> isOutside(digits, -40, 85);
            case "humidity_percent" -> isOutside(digits, 0, 100);
            case "pressure_hpa" -> isOutside(digits, 300, 1100);
            case "voltage_v" -> isOutside(digits, 0, 3.7);
            default -> false;
        };
    }

    private static boolean isOutside(String digits, double least, double most) {
        double value = Double.parseDouble(digits);
        return value < least || value > most;
    }
}

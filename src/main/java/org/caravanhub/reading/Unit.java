package org.caravanhub.reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The unit that is written at the end of a metric's name: {@code temperature_c} is in °C. */
public final class Unit {
    /** Longer endings first: {@code _kwh} also ends in {@code h}. */
    private static final List<Map.Entry<String, String>> ENDINGS = List.of(
            Map.entry("_celsius", "°C"),
            Map.entry("_percent", "%"),
            Map.entry("_seconds", "s"),
            Map.entry("_minutes", "min"),
            Map.entry("_volts", "V"),
            Map.entry("_kwh", "kWh"),
            Map.entry("_wh", "Wh"),
            Map.entry("_kw", "kW"),
            Map.entry("_hpa", "hPa"),
            Map.entry("_kpa", "kPa"),
            Map.entry("_pa", "Pa"),
            Map.entry("_dbm", "dBm"),
            Map.entry("_ppm", "ppm"),
            Map.entry("_ugm3", "µg/m³"),
            Map.entry("_ppb", "ppb"),
            Map.entry("_lux", "lx"),
            Map.entry("_pct", "%"),
            Map.entry("_deg", "°"),
            Map.entry("_min", "min"),
            Map.entry("_mv", "mV"),
            Map.entry("_ma", "mA"),
            Map.entry("_mg", "mg"),
            Map.entry("_mm", "mm"),
            Map.entry("_cm", "cm"),
            Map.entry("_ms", "ms"),
            Map.entry("_hz", "Hz"),
            Map.entry("_c", "°C"),
            Map.entry("_v", "V"),
            Map.entry("_a", "A"),
            Map.entry("_w", "W"),
            Map.entry("_s", "s"),
            Map.entry("_h", "h"),
            Map.entry("_m", "m"),
            Map.entry("_l", "l"),
            Map.entry("_g", "g"));

    private Unit() {}

    /** The unit, if the name tells one. */
    public static Optional<String> of(String metric) {
        return ENDINGS.stream()
                .filter(ending -> metric.endsWith(ending.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}

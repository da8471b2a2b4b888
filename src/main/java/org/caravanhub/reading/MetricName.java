package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * How a sensor and its unit become a metric's name: {@code temperature} in {@code celsius} or {@code C} is {@code temperature_c}. The
 * same words in all families, so that one chart shows them all. No protocol has a list of units; this one is the hub's, documented
 * in {@code docs/reference/topics/alona.md}.
 */
final class MetricName {
    private static final Map<String, String> SUFFIXES = Map.ofEntries(
            Map.entry("celsius", "c"),
            Map.entry("°c", "c"),
            Map.entry("c", "c"),
            Map.entry("fahrenheit", "f"),
            Map.entry("kelvin", "k"),
            Map.entry("percent", "percent"),
            Map.entry("%", "percent"),
            Map.entry("hectopascal", "hpa"),
            Map.entry("hpa", "hpa"),
            Map.entry("pascal", "pa"),
            Map.entry("pa", "pa"),
            Map.entry("volt", "v"),
            Map.entry("volts", "v"),
            Map.entry("v", "v"),
            Map.entry("millivolt", "mv"),
            Map.entry("millivolts", "mv"),
            Map.entry("mv", "mv"),
            Map.entry("ampere", "a"),
            Map.entry("amperes", "a"),
            Map.entry("amp", "a"),
            Map.entry("a", "a"),
            Map.entry("milliampere", "ma"),
            Map.entry("ma", "ma"),
            Map.entry("watt", "w"),
            Map.entry("watts", "w"),
            Map.entry("w", "w"),
            Map.entry("watt_hour", "wh"),
            Map.entry("wh", "wh"),
            Map.entry("kilowatt_hour", "kwh"),
            Map.entry("kwh", "kwh"),
            Map.entry("metre", "m"),
            Map.entry("meter", "m"),
            Map.entry("m", "m"),
            Map.entry("centimetre", "cm"),
            Map.entry("centimeter", "cm"),
            Map.entry("cm", "cm"),
            Map.entry("millimetre", "mm"),
            Map.entry("millimeter", "mm"),
            Map.entry("mm", "mm"),
            Map.entry("litre", "l"),
            Map.entry("liter", "l"),
            Map.entry("l", "l"),
            Map.entry("l/min", "lpm"),
            Map.entry("lpm", "lpm"),
            Map.entry("kilogram", "kg"),
            Map.entry("kg", "kg"),
            Map.entry("gram", "g"),
            Map.entry("g", "g"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("s", "s"),
            Map.entry("lux", "lux"),
            Map.entry("dbm", "dbm"),
            Map.entry("ppm", "ppm"));

    private MetricName() {}

    /** The name, ready to stand in a JSON text. An unknown unit stands in it as it came; no unit, and the sensor is the name. */
    static String of(String sensor, String unit) {
        if (unit.isEmpty()) {
            return sensor;
        }
        String suffix = SUFFIXES.getOrDefault(unit.toLowerCase(Locale.ROOT), unit);
        String name = sensor + "_" + suffix;
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (Utf8.count(bytes, 0, bytes.length) > JsonReader.MAX_NAME_CHARS
                || JsonText.hasControl(bytes, 0, bytes.length)) {
            throw new Flaw(
                    Cause.WRONG_TYPE,
                    "the unit " + Quoted.of(unit)
                            + " cannot be part of a metric's name: it is too long, or has control characters");
        }
        return name.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}

package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;

/**
 * The values of a reading: one JSON object in UTF-8, metric name to value. Kept as the device wrote it, so that no digit is lost
 * and nothing is rewritten on the hot path; whoever makes one has checked that it is a valid object with at least one member and
 * finite numbers only.
 *
 * <p>Immutable, if nobody changes the array it was made from.
 */
public final class Metrics {
    private final byte[] json;

    private Metrics(byte[] json) {
        this.json = json;
    }

    /** Metrics from the bytes of a checked JSON object. The array is not copied. */
    public static Metrics ofChecked(byte[] json) {
        return new Metrics(json);
    }

    /** One number. The name is a checked metric name, the number finite. */
    public static Metrics of(String name, double value) {
        return ofChecked(("{\"" + name + "\":" + number(value) + "}").getBytes(StandardCharsets.UTF_8));
    }

    /** The JSON object's bytes; not a copy, do not change them. */
    public byte[] json() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metrics metrics && java.util.Arrays.equals(json, metrics.json);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}

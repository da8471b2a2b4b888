package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;

/** Writes metrics out of numbers that a device sent in binary: exact decimals, no digit more than there is. Of one message. */
final class MetricsWriter {
    private final StringBuilder json = new StringBuilder(256);

    /** A number that is {@code scaled} by ten to the power of {@code decimals}. */
    MetricsWriter number(String name, long scaled, int decimals) {
        begin(name);
        long rest = Math.abs(scaled);
        if (scaled < 0) {
            json.append('-');
        }
        long unit = 1;
        for (int i = 0; i < decimals; i++) {
            unit *= 10;
        }
        json.append(rest / unit);
        rest %= unit;
        if (rest > 0) {
            json.append('.');
        }
        while (rest > 0) {
            unit /= 10;
            json.append((char) ('0' + rest / unit));
            rest %= unit;
        }
        return this;
    }

    MetricsWriter truth(String name, boolean value) {
        begin(name);
        json.append(value);
        return this;
    }

    private void begin(String name) {
        json.append(json.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    Metrics written() {
        return Metrics.ofChecked(json.append('}').toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}

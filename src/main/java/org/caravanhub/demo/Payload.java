package org.caravanhub.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes one reading in Caravan's own form: {@code {"time":"...","metrics":{"temperature_c":21.4}}}. */
final class Payload {
    private final StringBuilder json = new StringBuilder(200);
    private boolean first = true;

    private Payload(Instant time) {
        json.append("{\"time\":\"").append(time.truncatedTo(ChronoUnit.MILLIS)).append("\",\"metrics\":{");
    }

    static Payload at(Instant time) {
        return new Payload(time);
    }

    Payload with(String metric, double value, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
        json.append(first ? "" : ",").append('"').append(metric).append("\":").append(rounded.toPlainString());
        first = false;
        return this;
    }

    String json() {
        return json + "}}";
    }
}

package org.caravanhub.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Times as people say them. */
final class Ago {
    private Ago() {}

    /** {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 12 d}. */
    static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    /** The moment for programs as it is, for people as the time since. */
    static Table.Cell cell(String moment, Instant now) {
        try {
            return new Table.Cell(moment, span(Duration.between(Instant.parse(moment), now)) + " ago");
        } catch (DateTimeParseException e) {
            return Table.Cell.of(moment);
        }
    }
}

package org.caravanhub.presence;

import java.time.Duration;

/** Spans of time as a person says them. */
final class Words {
    private Words() {}

    /** {@code 60 s}, {@code 5 min}, {@code 3 h}, {@code 2 d}: the largest unit of which there are at least two, except that a minute or two are told in seconds. */
    static String span(Duration span) {
        long seconds = Math.round(span.toMillis() / 1000.0);
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}

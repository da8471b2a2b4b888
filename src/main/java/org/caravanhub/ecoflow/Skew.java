package org.caravanhub.ecoflow;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the hub's clock is from the cloud's, by the date of its last answer. Of one thread. */
final class Skew {
    /** The cloud refuses what is further from its clock; by how much exactly nobody has said. */
    private static final Duration MOST = Duration.ofSeconds(60);

    private final Clock clock;
    private Optional<Duration> ahead = Optional.empty();

    Skew(Clock clock) {
        this.clock = clock;
    }

    /** By the header {@code Date} of an answer. */
    void learn(@Nullable Object date) {
        try {
            if (date != null) {
                Instant theirs = ZonedDateTime.parse(
                                date.toString(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                        .toInstant();
                ahead = Optional.of(Duration.between(theirs, clock.instant()));
            }
        } catch (DateTimeException e) {
            ahead = Optional.empty();
        }
    }

    /** By how much the hub's clock is ahead, less than nothing if it is behind; empty if it is not known. */
    Optional<Duration> ahead() {
        return ahead;
    }

    /** A wrong signature may be a wrong time. */
    Trouble explain(Trouble found) {
        return ahead.filter(off -> off.abs().compareTo(MOST) > 0)
                .map(off -> found.with("The hub's clock is " + off.abs().toSeconds() + " s "
                        + (off.isNegative() ? "behind" : "ahead of")
                        + " EcoFlow's, so that each signature is refused. Set it: docs/how-to/ecoflow.md."))
                .orElse(found);
    }
}

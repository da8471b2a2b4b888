package org.caravanhub.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment as questions write it: RFC 3339, milliseconds since 1970, or back from now as in {@code -24h}. */
public final class Moment {
    /** What is accepted, for messages. */
    static final String FORMS =
            "2026-06-01T12:00:00Z, milliseconds since 1970, or back from now as -24h (s, m, h, d, w)";

    private static final Pattern BACK = Pattern.compile("-(\\d{1,6})([smhdw])");
    private static final Pattern MILLIS = Pattern.compile("\\d{1,14}");
    private static final DateTimeFormatter RFC3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(java.time.ZoneOffset.UTC);

    private Moment() {}

    /** The moment that is meant; empty if it is none, or not between the years 1970 and 9999. */
    static Optional<Instant> parse(String text, Clock clock) {
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            Instant then = clock.instant().minus(unit(back.group(2)).multipliedBy(Long.parseLong(back.group(1))));
            return Optional.of(then.isBefore(Instant.EPOCH) ? Instant.EPOCH : then);
        }
        if (MILLIS.matcher(text).matches()) {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            return instant.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As the API writes it: {@code 2026-06-01T12:00:00.000Z}. */
    public static String text(Instant instant) {
        return RFC3339.format(instant);
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}

package org.caravanhub.ota;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On what a request for a file depends, by RFC 9110 section 13. A header that was not sent is empty.
 *
 * @param match {@code If-Match}
 * @param noneMatch {@code If-None-Match}
 * @param modifiedSince {@code If-Modified-Since}
 * @param unmodifiedSince {@code If-Unmodified-Since}
 * @param range {@code If-Range}
 */
public record Conditions(String match, String noneMatch, String modifiedSince, String unmodifiedSince, String range) {
    private static final Pattern TAG = Pattern.compile("(W/)?(\"[^\"]*\")");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    /** What comes of it. */
    public enum Outcome {
        /** The file, or a part of it. */
        GO_ON,
        /** 304: the client has it. */
        NOT_MODIFIED,
        /** 412: it is not what the client thinks. */
        FAILED
    }

    /** What a request gets for a file with this tag, in its quotes, and this time. */
    public Outcome of(String tag, Instant modified) {
        Instant second = modified.truncatedTo(ChronoUnit.SECONDS);
        if (!match.isEmpty()
                ? !names(match, tag, true)
                : !unmodifiedSince.isEmpty() && isAfter(second, unmodifiedSince)) {
            return Outcome.FAILED;
        }
        boolean known = noneMatch.isEmpty()
                ? date(modifiedSince).filter(since -> !second.isAfter(since)).isPresent()
                : names(noneMatch, tag, false);
        return known ? Outcome.NOT_MODIFIED : Outcome.GO_ON;
    }

    /**
     * Whether a {@code Range} counts: the client has a part of this very file, or does not ask. A date says that only where an address
     * never has another file.
     */
    public boolean allowsRange(String tag, Instant modified, boolean isForGood) {
        if (range.isEmpty()) {
            return true;
        }
        if (range.contains("\"")) {
            return range.strip().equals(tag);
        }
        return isForGood
                && date(range)
                        .filter(modified.truncatedTo(ChronoUnit.SECONDS)::equals)
                        .isPresent();
    }

    /** A time as HTTP writes it. */
    public static String date(Instant time) {
        return DATE.format(time.atOffset(ZoneOffset.UTC));
    }

    private static boolean isAfter(Instant modified, String header) {
        return date(header).filter(modified::isAfter).isPresent();
    }

    private static boolean names(String header, String tag, boolean strongly) {
        if (header.strip().equals("*")) {
            return true;
        }
        Matcher each = TAG.matcher(header);
        while (each.find()) {
            if (each.group(2).equals(tag) && !(strongly && each.group(1) != null)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Instant> date(String header) {
        try {
            return header.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

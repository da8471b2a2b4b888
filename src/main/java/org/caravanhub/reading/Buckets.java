package org.caravanhub.reading;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time cut into buckets of equal width, for charts. The buckets begin at whole multiples of their width since 1970, so
 * that the same question a second later cuts at the same places.
 *
 * @param fromMs the beginning of the stretch, UTC milliseconds
 * @param toMs its end, not included
 * @param widthMs the width of a bucket
 */
public record Buckets(long fromMs, long toMs, long widthMs) {
    /** Widths a person would choose; beyond the last, whole days. */
    private static final int[] ROUND_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500};

    private static final int[] ROUND_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600
    };

    /** However wide they are, a stretch may lie across the border of two. */
    private static final int FEWEST = 2;

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /**
     * As many buckets as fit, at most {@code points}.
     *
     * @throws IllegalArgumentException if the stretch is empty or fewer than two are asked for
     */
    public static Buckets of(Instant from, Instant to, int points) {
        long fromMs = from.toEpochMilli();
        long toMs = to.toEpochMilli();
        if (toMs <= fromMs || points < FEWEST) {
            throw new IllegalArgumentException(
                    "no time between " + from + " and " + to + ", or too few points: " + points);
        }
        for (int millis : ROUND_MILLIS) {
            if (count(fromMs, toMs, millis) <= points) {
                return new Buckets(fromMs, toMs, millis);
            }
        }
        for (int seconds : ROUND_SECONDS) {
            if (count(fromMs, toMs, seconds * 1000L) <= points) {
                return new Buckets(fromMs, toMs, seconds * 1000L);
            }
        }
        long days = 1;
        while (count(fromMs, toMs, days * DAY_MS) > points) {
            days++;
        }
        return new Buckets(fromMs, toMs, days * DAY_MS);
    }

    /** The same stretch in buckets that are at least so wide. */
    public Buckets atLeast(Duration width) {
        return widthMs >= width.toMillis() ? this : new Buckets(fromMs, toMs, width.toMillis());
    }

    /** Where bucket 0 begins. */
    public long originMs() {
        return Math.floorDiv(fromMs, widthMs) * widthMs;
    }

    /** How many there are. */
    public int count() {
        return Math.toIntExact(count(fromMs, toMs, widthMs));
    }

    /** Where this bucket begins. */
    public long startMs(int bucket) {
        return originMs() + bucket * widthMs;
    }

    private static long count(long fromMs, long toMs, long widthMs) {
        return Math.floorDiv(toMs - 1, widthMs) - Math.floorDiv(fromMs, widthMs) + 1;
    }
}

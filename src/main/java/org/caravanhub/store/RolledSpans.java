package org.caravanhub.store;

import org.caravanhub.reading.Buckets;

/**
 * Which roll-ups a question in buckets can be answered from: those whose span fits into a bucket a whole number of times, where they lie
 * inside the stretch as a whole.
 *
 * @param spanMs the widest that hours or minutes are taken by; an hour where no roll-up fits
 * @param first the first of them, since 1970
 * @param last the last of them; before the first if there are none
 * @param firstDay the first day
 * @param lastDay the last day; before the first if there are none
 */
record RolledSpans(long spanMs, long first, long last, long firstDay, long lastDay) {
    static final long FIVE_MINUTES = 300_000;
    static final long HOUR = 3_600_000;
    static final long DAY = 86_400_000;

    static RolledSpans of(Buckets buckets) {
        long spanMs = buckets.widthMs() % HOUR == 0 ? HOUR : FIVE_MINUTES;
        boolean fits = buckets.widthMs() % FIVE_MINUTES == 0;
        boolean daysFit = buckets.widthMs() % DAY == 0;
        return new RolledSpans(
                spanMs,
                fits ? first(buckets, spanMs) : 1,
                fits ? last(buckets, spanMs) : 0,
                daysFit ? first(buckets, DAY) : 1,
                daysFit ? last(buckets, DAY) : 0);
    }

    /** Whether there is anything to ask the 5 minutes for. */
    boolean hasFiveMinutes() {
        return spanMs == FIVE_MINUTES && first <= last;
    }

    /** Whether there is anything to ask the hours for. */
    boolean hasHours() {
        return spanMs == HOUR && first <= last;
    }

    /** Whether there is anything to ask the days for. */
    boolean hasDays() {
        return firstDay <= lastDay;
    }

    /** Which marks in {@code unrolled} say that an hour has to be taken from raw readings. */
    int marks() {
        return spanMs == HOUR ? 1 : 0;
    }

    private static long first(Buckets buckets, long spanMs) {
        return Math.floorDiv(buckets.fromMs() + spanMs - 1, spanMs);
    }

    private static long last(Buckets buckets, long spanMs) {
        return Math.floorDiv(buckets.toMs(), spanMs) - 1;
    }
}

package org.caravanhub.ecoflow;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * When somebody is asked again: at most once in an interval, whoever wants to know. After each failure the time doubles, by chance a little
 * more or less so that not all ask at once, up to a quarter of an hour; for what only a person can put right it is an hour. Of one thread.
 */
final class Patience {
    static final Duration LONGEST = Duration.ofMinutes(15);
    static final Duration LASTING = Duration.ofHours(1);

    /** A tick comes a little early now and then; it is not skipped for that. */
    private static final double EARLY = 0.9;

    private final Duration interval;
    private final Supplier<Duration> pace;
    private final RandomGenerator chance;
    private int failures;
    private boolean wasAsked;
    private long askedNanos;
    private Duration wait = Duration.ZERO;

    /**
     * One for somebody who was not asked yet.
     *
     * @param interval never more than once in it
     * @param pace how often it is asked while all is well; as a rule the interval, at times longer
     */
    Patience(Duration interval, Supplier<Duration> pace, RandomGenerator chance) {
        this.interval = interval;
        this.pace = pace;
        this.chance = chance;
    }

    boolean isDue(long nowNanos) {
        return left(nowNanos).isZero();
    }

    /** How long ago it was asked, in ns; longer than anything if it was not. */
    long sinceAsked(long nowNanos) {
        return wasAsked ? nowNanos - askedNanos : Long.MAX_VALUE;
    }

    /** How long is still waited; nothing if it is due. */
    Duration left(long nowNanos) {
        Duration left = wasAsked ? wait.minusNanos(nowNanos - askedNanos) : Duration.ZERO;
        return left.isNegative() ? Duration.ZERO : left;
    }

    void asked(long nowNanos) {
        wasAsked = true;
        askedNanos = nowNanos;
        wait = early(interval);
    }

    void worked() {
        failures = 0;
        wait = early(pace.get());
    }

    /** Waits from the question on, and says how long. */
    Duration failed(boolean lasts) {
        failures = Math.min(failures + 1, 20);
        long doubled = interval.toMillis() << Math.min(failures - 1, 12);
        long within = Math.min(doubled, Math.max(LONGEST.toMillis(), interval.toMillis()));
        // Never before the next interval: at most one question in each.
        long millis = lasts ? LASTING.toMillis() : Math.max(interval.toMillis(), jittered(within));
        wait = failures == 1 && !lasts ? early(Duration.ofMillis(millis)) : Duration.ofMillis(millis);
        return wait;
    }

    /** Asks as soon as it may, whatever was before; says how long that is still. */
    Duration hurry(long nowNanos) {
        Duration soonest = early(interval);
        if (wait.compareTo(soonest) > 0) {
            wait = soonest;
        }
        return left(nowNanos);
    }

    private static Duration early(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * EARLY));
    }

    private long jittered(long millis) {
        return Math.min(
                (long) (millis * chance.nextDouble(0.8, 1.2)), Math.max(LONGEST.toMillis(), interval.toMillis()));
    }
}

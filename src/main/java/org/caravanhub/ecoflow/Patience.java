package org.caravanhub.ecoflow;

import java.time.Duration;
import java.util.Optional;
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
    private boolean isAsking;
    private boolean isHurried;
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

    /** How long until it is asked as things are: questions come with the beat of the interval. Empty if it was not asked yet. */
    Optional<Duration> next(long nowNanos) {
        if (!wasAsked) {
            return Optional.empty();
        }
        long beats = isHurried ? 0 : (wait.toMillis() + interval.toMillis() - 1) / interval.toMillis();
        Duration then = isHurried ? wait : interval.multipliedBy(beats);
        Duration left = then.minusNanos(nowNanos - askedNanos);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    /** Whether a question is under way. */
    boolean isAsking() {
        return isAsking;
    }

    /** Whether it waits longer than it would have to. */
    boolean isWaitingLonger(long nowNanos) {
        return wait.compareTo(early(interval)) > 0 && !isDue(nowNanos);
    }

    void asked(long nowNanos) {
        isAsking = true;
        isHurried = false;
        wasAsked = true;
        askedNanos = nowNanos;
        wait = early(interval);
    }

    void worked() {
        isAsking = false;
        failures = 0;
        wait = early(pace.get());
    }

    /** Waits from the question on, and says how long. */
    Duration failed(boolean lasts) {
        isAsking = false;
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
        isHurried = true;
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

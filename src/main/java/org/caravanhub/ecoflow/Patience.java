package org.caravanhub.ecoflow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When somebody is asked again. After each failure the time doubles, by chance a little more or less so that not all ask at once, up to a
 * quarter of an hour; for what only a person can put right it is an hour. Of one thread.
 */
final class Patience {
    static final Duration LONGEST = Duration.ofMinutes(15);
    static final Duration LASTING = Duration.ofHours(1);

    private final Duration interval;
    private final RandomGenerator chance;
    private int failures;
    private long nextNanos;
    private boolean isWaiting;

    Patience(Duration interval, RandomGenerator chance) {
        this.interval = interval;
        this.chance = chance;
    }

    boolean isDue(long nowNanos) {
        return !isWaiting || nowNanos - nextNanos >= 0;
    }

    /** How long is still waited; nothing if it is due. */
    Duration left(long nowNanos) {
        return isDue(nowNanos) ? Duration.ZERO : Duration.ofNanos(nextNanos - nowNanos);
    }

    void worked() {
        failures = 0;
        isWaiting = false;
    }

    /** Waits from now on, and says how long. */
    Duration failed(boolean lasts, long nowNanos) {
        failures = Math.min(failures + 1, 20);
        long doubled = interval.toMillis() << Math.min(failures - 1, 12);
        long within = Math.min(doubled, Math.max(LONGEST.toMillis(), interval.toMillis()));
        // Never before the next interval: at most one question in each.
        long millis = lasts ? LASTING.toMillis() : Math.max(interval.toMillis(), jittered(within));
        Duration wait = Duration.ofMillis(millis);
        nextNanos = nowNanos + wait.toNanos();
        isWaiting = true;
        return wait;
    }

    /** Asks at once, whatever was before. */
    void hurry() {
        isWaiting = false;
    }

    private long jittered(long millis) {
        return Math.min(
                (long) (millis * chance.nextDouble(0.8, 1.2)), Math.max(LONGEST.toMillis(), interval.toMillis()));
    }
}

package org.caravanhub.mqtt;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: about a second, half as long again each time, never over ten seconds (but see
 * {@link #raise}), and shortened at random by up to a half so that many clients do not come back at the same instant. Not for use
 * by several threads.
 */
final class Backoff {
    static final long SHORTEST_MS = 500;
    static final long LONGEST_MS = 10_000;

    private final RandomGenerator random;
    private double nextMs = 2 * SHORTEST_MS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait in milliseconds. */
    long next() {
        double full = nextMs;
        nextMs = Math.min(LONGEST_MS, nextMs * 1.5);
        return (long) (full * (0.5 + random.nextDouble() / 2));
    }

    /** The next wait is at least the longest one: for a fault that haste makes worse. */
    void raise() {
        nextMs = LONGEST_MS * 2.0;
    }

    /** All is well again. */
    void reset() {
        nextMs = 2 * SHORTEST_MS;
    }
}

package org.caravanhub;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what cannot tell that it has happened. */
public final class Await {
    private static final long SHORTEST_NANOS = 5_000_000;
    private static final long LONGEST_NANOS = 100_000_000;

    private Await() {}

    /**
     * Looks until it is so; fails, saying what was waited for, when it is not so in time. Looking takes a fifth of a processor at the
     * most, which what is waited for may need.
     */
    public static void until(String what, Duration atMost, BooleanSupplier isSo) {
        long looked = System.nanoTime();
        long deadline = looked + atMost.toNanos();
        while (!isSo.getAsBoolean()) {
            long now = System.nanoTime();
            if (now > deadline) {
                fail("not within " + atMost.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, 4 * (now - looked))));
            looked = System.nanoTime();
        }
    }
}

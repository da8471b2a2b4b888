package org.caravanhub;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what cannot tell that it has happened. */
public final class Await {
    private Await() {}

    /** Looks until it is so; fails, saying what was waited for, when it is not so in time. */
    public static void until(String what, Duration atMost, BooleanSupplier isSo) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not within " + atMost.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}

package org.caravanhub.mqtt;

import java.util.concurrent.atomic.AtomicLong;

/** Says yes at most once a minute, so that a fault of every message is not a line for every message. For use by several threads. */
final class OncePerMinute {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + MINUTE_NANOS);
    }
}

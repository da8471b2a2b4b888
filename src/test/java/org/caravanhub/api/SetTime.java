package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanhub.clock.HubClock;

/** Time that a test lets pass, and a wall clock that it sets. */
final class SetTime {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    private final AtomicLong wallMs;
    private volatile boolean isSynchronised;
    final HubClock hub;

    /** From this moment on; the clock follows a better one. */
    SetTime(Instant begin) {
        wallMs = new AtomicLong(begin.toEpochMilli());
        isSynchronised = true;
        hub = new HubClock(
                wall,
                nanos::get,
                () -> isSynchronised,
                new HubClock.Limits(false, Instant.parse("2026-01-01T00:00:00Z"), java.util.Optional.empty()));
        hub.ask();
    }

    final Clock wall = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(wallMs.get());
        }
    };

    long nanos() {
        return nanos.get();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wallMs.addAndGet(time.toMillis());
    }

    /** Somebody sets the clock. */
    void set(Instant shown, boolean isRight) {
        isSynchronised = isRight;
        wallMs.set(shown.toEpochMilli());
        hub.look();
        hub.ask();
    }
}

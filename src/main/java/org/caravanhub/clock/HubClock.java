package org.caravanhub.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The machine's clock, and how much it is believed. A Raspberry Pi has no battery for its clock: after a power cut it shows 1970, or when
 * it went off. Compared are the wall clock and the time since the start, which nobody can set. Safe for several threads.
 */
public final class HubClock {
    private static final long JUMP_MS = 30_000;
    /** A hub that was off for longer may be right, but a clock that runs away looks the same. */
    private static final Duration LONG_OFF = Duration.ofDays(30);

    private final Clock wall;
    private final LongSupplier nanos;
    private final Synchronisation synchronisation;
    private final boolean isBelieved;
    private final Instant built;
    private final Optional<Instant> known;

    private final long beganNanos;
    private long lastMs;
    private long lastNanos;
    private boolean hasJumped;
    private Trust trust;
    private String why = "";

    /**
     * A clock that is looked at from now on.
     *
     * @param wall what the machine shows
     * @param nanos time since some moment, which nobody can set: {@code System::nanoTime}
     * @param isBelieved its owner says that it is right
     * @param built when the program was built; it cannot be earlier
     * @param known the newest time that the database knows; it cannot be earlier either
     */
    public HubClock(
            Clock wall,
            LongSupplier nanos,
            Synchronisation synchronisation,
            boolean isBelieved,
            Instant built,
            Optional<Instant> known) {
        this.wall = wall;
        this.nanos = nanos;
        this.synchronisation = synchronisation;
        this.isBelieved = isBelieved;
        this.built = built;
        this.known = known;
        this.lastMs = wall.millis();
        this.beganNanos = nanos.getAsLong();
        this.lastNanos = beganNanos;
        this.trust = judge(false);
    }

    /** What it shows. */
    public long millis() {
        return wall.millis();
    }

    /** How much it is believed. */
    public synchronized Trust trust() {
        return trust;
    }

    /** Why it is not believed, for a person; empty if it is. */
    public synchronized String why() {
        return why;
    }

    /** Whether something may be deleted for its age: never after the clock was set, unless it follows a better one now. */
    public synchronized boolean mayForget() {
        return trust != Trust.UNSURE && !hasJumped;
    }

    /** Looks whether it was set since the last look. */
    public synchronized Optional<Jump> look() {
        long nowMs = wall.millis();
        long nowNanos = nanos.getAsLong();
        long shouldBe = lastMs + (nowNanos - lastNanos) / 1_000_000;
        lastMs = nowMs;
        lastNanos = nowNanos;
        if (Math.abs(nowMs - shouldBe) <= JUMP_MS) {
            return Optional.empty();
        }
        boolean wasWrong = trust == Trust.UNSURE;
        boolean wasImpossible = impossible(shouldBe).isPresent();
        settle(synchronisation.isSynchronised(), wasImpossible);
        return Optional.of(new Jump(
                nowMs - shouldBe,
                Instant.ofEpochMilli(shouldBe),
                Instant.ofEpochMilli(nowMs),
                wasWrong && trust != Trust.UNSURE));
    }

    /** Asks the machine whether it is synchronised; takes some milliseconds, so it is done now and then. */
    public void ask() {
        boolean isSynchronised = synchronisation.isSynchronised();
        synchronized (this) {
            if (isSynchronised) {
                hasJumped = false;
            }
            trust = judge(isSynchronised);
        }
    }

    /** A clock that was impossible and is possible now was put right; one that was possible may be wrong now. */
    private void settle(boolean isSynchronised, boolean wasImpossible) {
        hasJumped = !isSynchronised
                && (hasJumped || !wasImpossible || impossible(lastMs).isPresent());
        trust = judge(isSynchronised);
    }

    private Trust judge(boolean isSynchronised) {
        Optional<String> impossible = impossible(lastMs);
        why = "";
        if (isSynchronised || isBelieved) {
            return Trust.TRUSTED;
        }
        if (impossible.isPresent() || hasJumped) {
            why = impossible.orElse("it was set while the hub ran, and follows no better one");
            return Trust.UNSURE;
        }
        return Trust.PLAUSIBLE;
    }

    private Optional<String> impossible(long ms) {
        Instant shown = Instant.ofEpochMilli(ms);
        if (shown.isBefore(built)) {
            return Optional.of("it shows a time before this program was built");
        }
        if (known.isPresent() && shown.isBefore(known.get())) {
            return Optional.of("it shows a time before " + known.get() + ", which the database knows");
        }
        if (known.isPresent() && shown.isAfter(known.get().plus(LONG_OFF).plus(running()))) {
            return Optional.of("it shows a time more than 30 days after the last that the database knows");
        }
        return Optional.empty();
    }

    /** How long it is looked at: so much later may it be than what was known at the start. */
    private Duration running() {
        return Duration.ofNanos(lastNanos - beganNanos);
    }
}

package org.caravanhub.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
    private final long beganNanos;
    private final List<Wrong> wrong = new ArrayList<>();

    private Limits limits;
    private long lastMs;
    private long lastNanos;
    private long settledMs;
    /** How far it was set since it was last believed; 0 again when somebody sets it back. */
    private long offMs;

    private boolean wasBelieved;
    private volatile Trust trust;
    private final AtomicLong flagged = new AtomicLong();
    private volatile String why = "";

    /**
     * What is known before the machine is asked.
     *
     * @param isBelieved its owner says that it is right
     * @param built when the program was built; it cannot be earlier
     * @param known the newest time that the database knows; it cannot be earlier either
     */
    public record Limits(boolean isBelieved, Instant built, Optional<Instant> known) {}

    /**
     * A clock that is looked at from now on.
     *
     * @param wall what the machine shows
     * @param nanos time since some moment, which nobody can set: {@code System::nanoTime}
     */
    public HubClock(Clock wall, LongSupplier nanos, Synchronisation synchronisation, Limits limits) {
        this.wall = wall;
        this.nanos = nanos;
        this.synchronisation = synchronisation;
        this.limits = limits;
        this.lastMs = wall.millis();
        this.settledMs = lastMs;
        this.beganNanos = nanos.getAsLong();
        this.lastNanos = beganNanos;
        this.trust = judge(false);
    }

    /** What it shows. */
    public long millis() {
        return wall.millis();
    }

    /** How much it is believed. Asked for every message, and never waits. */
    public Trust trust() {
        return trust;
    }

    /** Whether what comes now is to be flagged as of an unsure time; asked once for each, and counted. */
    public boolean flagsNow() {
        boolean isUnsure = trust == Trust.UNSURE;
        if (isUnsure) {
            flagged.incrementAndGet();
        }
        return isUnsure;
    }

    /** How many were flagged since the start. */
    public long flagged() {
        return flagged.get();
    }

    /** Why it is not believed, for a person; empty if it is. */
    public String why() {
        return why;
    }

    /** Whether something may be deleted for its age: never after the clock was set, unless it follows a better one now. */
    public synchronized boolean mayForget() {
        return trust != Trust.UNSURE && offMs == 0;
    }

    /** Looks whether it was set since the last look; every few seconds. */
    public synchronized Optional<Jump> look() {
        long nowMs = wall.millis();
        long nowNanos = nanos.getAsLong();
        long shouldBe = lastMs + (nowNanos - lastNanos) / 1_000_000;
        boolean wasImpossible = impossible(shouldBe).isPresent();
        lastMs = nowMs;
        lastNanos = nowNanos;
        if (Math.abs(nowMs - shouldBe) <= JUMP_MS) {
            return Optional.empty();
        }
        if (trust == Trust.UNSURE) {
            wrong.add(new Wrong(settledMs, shouldBe, 0));
        }
        wrong.replaceAll(stretch -> stretch.after(nowMs - shouldBe));
        settledMs = nowMs;
        // In a run that once knew the time only the way back to it counts; in one that began in 1970, any time that can
        // be.
        boolean isFirstTime = wasImpossible && !wasBelieved;
        offMs = isFirstTime || Math.abs(offMs + nowMs - shouldBe) <= JUMP_MS ? 0 : offMs + nowMs - shouldBe;
        ask();
        List<Wrong> toPutRight = trust == Trust.UNSURE ? List.of() : List.copyOf(wrong);
        if (trust != Trust.UNSURE) {
            wrong.clear();
        }
        return Optional.of(new Jump(Instant.ofEpochMilli(shouldBe), Instant.ofEpochMilli(nowMs), toPutRight));
    }

    /** The newest time that the database knows; it may have been away at the start. */
    public synchronized void learn(Instant known) {
        limits = new Limits(limits.isBelieved(), limits.built(), Optional.of(known));
        trust = judge(trust == Trust.TRUSTED);
    }

    /** Asks the machine whether it is synchronised; this takes some milliseconds, and is done every few minutes. */
    public synchronized void ask() {
        boolean isSynchronised = synchronisation.isSynchronised();
        if (isSynchronised) {
            offMs = 0;
        }
        trust = judge(isSynchronised);
    }

    private Trust judge(boolean isSynchronised) {
        if (isSynchronised || limits.isBelieved()) {
            why = "";
            return Trust.TRUSTED;
        }
        Optional<String> impossible = impossible(lastMs);
        boolean isUnsure = impossible.isPresent() || offMs != 0;
        wasBelieved |= !isUnsure;
        why = isUnsure ? impossible.orElse("it was set while the hub ran, and follows no better one") : "";
        return isUnsure ? Trust.UNSURE : Trust.PLAUSIBLE;
    }

    private Optional<String> impossible(long ms) {
        Instant shown = Instant.ofEpochMilli(ms);
        if (shown.isBefore(limits.built())) {
            return Optional.of("it shows a time before this program was built");
        }
        if (limits.known().isEmpty()) {
            return Optional.empty();
        }
        Instant known = limits.known().get();
        if (shown.isBefore(known)) {
            return Optional.of("it shows a time before " + known + ", which the database knows");
        }
        // While the hub runs it gets later than what was known at the start, without anything being wrong.
        Duration running = Duration.ofNanos(lastNanos - beganNanos);
        return shown.isAfter(known.plus(LONG_OFF).plus(running))
                ? Optional.of("it shows a time more than 30 days after the last that the database knows")
                : Optional.empty();
    }
}

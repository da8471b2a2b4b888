package org.caravanhub.presence;

/**
 * A clock that stands still while the hub could hear nobody: no broker, no database to keep what comes. Silence is measured by it, so
 * that nobody is called gone for what the hub has missed. In milliseconds; belongs to the lock of {@link PresenceWatch}.
 */
final class Ear {
    /** If nobody looked for longer, the process was stopped, or the machine slept. */
    private static final long LONGEST_LOOK_MS = 60_000;

    private long heardMs;
    private long lookedMs;
    private boolean hears;

    Ear(long monotonicMs) {
        lookedMs = monotonicMs;
    }

    /** What it shows now. */
    long now(long monotonicMs) {
        return heardMs + (hears ? Math.min(monotonicMs - lookedMs, LONGEST_LOOK_MS) : 0);
    }

    /** Every few seconds: whether the hub could hear somebody since, and can now. */
    void look(long monotonicMs, boolean hearsNow) {
        heardMs = now(monotonicMs);
        lookedMs = monotonicMs;
        hears = hearsNow;
    }
}

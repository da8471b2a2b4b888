package org.caravanhub.presence;

/**
 * A device said goodbye, or the broker said it in its place; it is believed unless the device speaks soon.
 *
 * @param earMs when, by the {@link Ear}
 * @param atMs when, by the monotonic clock
 * @param receivedMs when the message came, by the hub's clock: what the device says later makes it void
 * @param holdMs for how long the device may still contradict it
 * @param isKept whether the broker kept it, so that nobody knows of when it is
 */
record Will(long earMs, long atMs, long receivedMs, long holdMs, boolean isKept) {
    /** So long a device that lost its connection has to come back before it is called offline. */
    static final long HOLD_MS = 10_000;

    /** For one that may have waited in the broker, or was kept there: the device may have come back since. */
    static final long LONGEST_HOLD_MS = 60_000;

    boolean isBelieved(long earNow) {
        return earNow - earMs >= holdMs;
    }
}

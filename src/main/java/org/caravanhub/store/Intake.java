package org.caravanhub.store;

/** Where flows give what is to be kept. */
public interface Intake {
    /** Waits for room, then takes it; the answer comes from another thread when it is safe. */
    void submit(Delivery delivery) throws InterruptedException;

    /** The hub is about to stop: what waits for others to share its commit is written now, and what comes at once. */
    void hurry();

    /** The same until it is closed: a flow that stops waits for the commit of what it has under way. */
    AutoCloseable hurryForNow();

    /**
     * Asks the writer for a sign of life. It gives it where it would take the next delivery, between two attempts to write one, or
     * while the file is being mended; nothing is written for it, and no commit is made earlier.
     *
     * @param sign called once, on another thread or this one; never if the writer hangs. It must be short
     */
    void sound(Runnable sign);
}

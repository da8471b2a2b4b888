package org.caravanhub.store;

/** Where flows give what is to be kept. */
public interface Intake {
    /** Waits for room, then takes it; the answer comes from another thread when it is safe. */
    void submit(Delivery delivery) throws InterruptedException;

    /** The hub is about to stop: what waits for others to share its commit is written now, and what comes at once. */
    void hurry();

    /** The same until it is closed: a flow that stops waits for the commit of what it has under way. */
    AutoCloseable hurryForNow();
}

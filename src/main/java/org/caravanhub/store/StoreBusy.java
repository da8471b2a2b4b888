package org.caravanhub.store;

/** The store did not take it in the time that the sender can wait. It was not stored; sending it again is safe. */
public final class StoreBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreBusy(String why) {
        super("not stored: " + why + "; send it again later");
    }
}

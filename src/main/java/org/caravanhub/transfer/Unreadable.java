package org.caravanhub.transfer;

/** A file or database that cannot be opened, or is nothing that can be read here. The message says why. */
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String next;

    /** @param next what to do now; empty if there is nothing */
    Unreadable(String why, String next) {
        super(why);
        this.next = next;
    }

    /** What to do now; may be empty. */
    public String next() {
        return next;
    }
}

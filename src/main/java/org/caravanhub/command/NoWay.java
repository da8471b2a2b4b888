package org.caravanhub.command;

/** A device cannot be reached, or not yet; the message says why and what to set. */
public final class NoWay extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoWay(String why) {
        super(why, null, false, false);
    }
}

package org.caravanhub.flow;

/** There is no such flow, file or version. */
public final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String what) {
        super(what, null, false, false);
    }
}

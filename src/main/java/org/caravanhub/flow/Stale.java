package org.caravanhub.flow;

import java.util.Optional;

/** Somebody wanted to change a version of a file that is not the one that is there any more. */
public final class Stale extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String expected;
    private final transient Optional<String> current;

    Stale(String expected, Optional<String> current) {
        super("expected " + expected + ", is " + current.orElse("none"), null, false, false);
        this.expected = expected;
        this.current = current;
    }

    /** The version that was to be changed; {@code none} if there was to be none. */
    public String expected() {
        return expected;
    }

    /** The version that is there; empty if there is no such file. */
    public Optional<String> current() {
        return current;
    }
}

package org.caravanhub.reading;

/**
 * Thrown inside a decoder where a message stops making sense; the decoder turns it into a {@link Malformed}. It has no stack
 * trace: bad input is expected, may come in floods, and its reason says where it is better than a stack would.
 */
final class Flaw extends RuntimeException {
    private final Malformed.Cause kind;

    Flaw(Malformed.Cause kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    Malformed.Cause kind() {
        return kind;
    }

    /** What exactly, for a person. */
    String reason() {
        return String.valueOf(getMessage());
    }
}

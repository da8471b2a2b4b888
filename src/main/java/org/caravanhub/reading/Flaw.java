package org.caravanhub.reading;

/**
 * Thrown inside a decoder where a message stops making sense; the decoder turns it into a {@link Malformed}. It has no stack
 * trace: bad input is expected, may come in floods, and its reason says where it is better than a stack would.
 */
final class Flaw extends RuntimeException {
    private final Malformed.Cause kind;
    private final int at;
    private final String detail;

    Flaw(Malformed.Cause kind, String reason) {
        this(kind, reason, 1, reason);
    }

    /**
     * A flaw at a place.
     *
     * @param reason the place in words, and the detail
     * @param at the byte of the document, from 1 on
     * @param detail what is wrong there
     */
    Flaw(Malformed.Cause kind, String reason, int at, String detail) {
        super(reason, null, false, false);
        this.kind = kind;
        this.at = at;
        this.detail = detail;
    }

    /** The byte of the document, from 1 on; 1 if it is about the whole. */
    int at() {
        return at;
    }

    /** What is wrong, without the place. */
    String detail() {
        return detail;
    }

    Malformed.Cause kind() {
        return kind;
    }

    /** What exactly, for a person. */
    String reason() {
        return String.valueOf(getMessage());
    }
}

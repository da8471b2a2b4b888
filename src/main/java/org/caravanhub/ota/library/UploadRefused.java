package org.caravanhub.ota.library;

/** An upload was not taken, and nothing of it was kept. The message says why, and what to do. */
public final class UploadRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Why why;

    /** Why, in a word. */
    public enum Why {
        /** It is larger than one image may be. */
        TOO_LARGE,
        /** There is no room for it, in the budget or on the disk. */
        NO_ROOM,
        /** It was published with other content. */
        TAKEN,
        /** It is no firmware for this model, or not one that is trusted. */
        NOT_ACCEPTED,
        /** It has no version, or one that cannot be. */
        NO_VERSION
    }

    /** @param sentence what happened, and what to do */
    public UploadRefused(Why why, String sentence) {
        super(sentence, null, false, false);
        this.why = why;
    }

    /** Why, in a word. */
    public Why why() {
        return why;
    }

    /** Why, in a sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

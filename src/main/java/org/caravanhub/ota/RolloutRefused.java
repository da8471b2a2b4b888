package org.caravanhub.ota;

/** What was asked of a rollout is not done; nothing was changed. The message says what is wrong, and what to do. */
public final class RolloutRefused extends RuntimeException {
    private final Why why;

    /** What is in the way. */
    public enum Why {
        /** What was asked for makes no sense: no ring, a percentage beyond 100, a threshold below 0. */
        INVALID,
        /** The model has no such release. */
        NO_RELEASE,
        /** There is a rollout of this name. */
        NAME_TAKEN,
        /** There is no such rollout. */
        NO_ROLLOUT,
        /** Not in the state that the rollout is in. */
        NOT_NOW,
        /** There is no release that its devices could get back. */
        NOTHING_TO_RETURN
    }

    public RolloutRefused(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** In a word. */
    public Why why() {
        return why;
    }
}

package org.caravanhub.ota;

import java.util.Optional;

/** What a device is answered: the same, whichever way it asked. */
public sealed interface Decision {
    /** The newest release of its model, if there is one; which is not always the one that it may have. */
    Optional<Release> newest();

    /**
     * It may have this.
     *
     * @param release what
     * @param rollout the name of the rollout that gives it
     */
    record Offer(Release release, String rollout, Optional<Release> newest) implements Decision {}

    /**
     * There is nothing for it now.
     *
     * @param why in a word
     * @param reason the same for people, a sentence
     */
    record Nothing(Why why, String reason, Optional<Release> newest) implements Decision {}

    /** Why a device is offered nothing. */
    enum Why {
        /** Nobody has published anything for its model. */
        NO_RELEASE,
        /** It runs what it should. */
        UP_TO_DATE,
        /** Nothing is being rolled out to its model. */
        NO_ROLLOUT,
        /** It is not among those that the rollout is for, or not yet. */
        NOT_CHOSEN,
        /** The rollout is paused. */
        PAUSED,
        /** It is among them, and has to wait: for its turn, for charge, for the time of day. */
        WAITS,
        /** It is too old to be updated in one step. */
        TOO_OLD,
        /** It had this release and it did not go well. */
        FAILED_BEFORE
    }
}

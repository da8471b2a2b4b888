package org.caravanhub.notice;

import java.time.Duration;

/** A way by which dispatches reach the owner that may be slow, away, or wrongly set up. Called by one thread at a time, its own. */
public interface Channel {
    /** How it is called, in settings, log and API: {@code ntfy}, {@code webhook}, {@code mail}. */
    String name();

    /** The least severity that is told by it. */
    Priority least();

    /**
     * Sends it, and waits for the answer; never longer than 20 s, and never throws because of the other side.
     *
     * @param late how long ago it should have been told; zero if it is new
     */
    Answer send(Dispatch dispatch, Duration late) throws InterruptedException;

    /**
     * What came of sending.
     *
     * @param result whether it is there
     * @param reason why not, and what to do; without addresses and secrets
     */
    record Answer(Result result, String reason) {
        static final Answer DELIVERED = new Answer(Result.DELIVERED, "");

        static Answer away(String reason) {
            return new Answer(Result.AWAY, reason);
        }

        static Answer wrong(String reason) {
            return new Answer(Result.WRONG, reason);
        }

        static Answer refused(String reason) {
            return new Answer(Result.REFUSED, reason);
        }
    }

    /** Whether a dispatch has got there. */
    enum Result {
        DELIVERED,
        /** It is worth another try soon. */
        AWAY,
        /** It will not work until somebody has changed a setting; what waits is kept. */
        WRONG,
        /** The other side does not want this one, whatever is done. */
        REFUSED
    }
}

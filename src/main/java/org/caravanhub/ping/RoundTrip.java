package org.caravanhub.ping;

import java.time.Duration;

/** What a message from a device goes through, tried with one that is kept nowhere. */
public interface RoundTrip {
    /** How it went. */
    enum Result {
        /** It came back: the hub takes messages. */
        BACK,
        /** The broker did not take it, so it could not come back; all else is alive. A new start of the hub would mend nothing. */
        WITHOUT_BROKER,
        /** It did not come back, and the hub is at fault. */
        LOST
    }

    /** Makes one, and returns when it is over or {@code limit} has passed. */
    Result make(Duration limit) throws InterruptedException;
}

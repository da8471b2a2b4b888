package org.caravanhub.reading;

import java.time.Instant;
import java.util.Locale;

/**
 * How a device says that it is, in one form for all families.
 *
 * @param source whose it is
 * @param state whether it is there
 * @param vitals what else it says that all families know
 * @param when when it said so, and when that was received
 * @param details the whole payload
 */
public record Status(Source source, State state, Vitals vitals, When when, Document details) implements Understood {

    /** Whether a device is there. The words are part of the API, and those that devices use. */
    public enum State {
        ONLINE,
        OFFLINE,
        UPDATING,
        ERROR;

        /** The word that API, pages and devices use: {@code online}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * From when on it holds; the later one counts. By the device's clock, if it can be believed; but that a device is gone counts from
     * when it was heard, because a last will was written when the connection began.
     */
    public Instant asOf() {
        return state == State.OFFLINE ? when.receivedAt() : when.believedAt();
    }

    @Override
    public byte[] json() {
        return details.json();
    }

    @Override
    public Instant receivedAt() {
        return when.receivedAt();
    }
}

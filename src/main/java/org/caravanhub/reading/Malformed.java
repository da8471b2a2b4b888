package org.caravanhub.reading;

import org.caravanhub.message.Message;

/**
 * Something received that no reading could be made of. It goes to quarantine with its bytes, to be replayed when the flow
 * understands it.
 *
 * @param message what came in
 * @param device whose it is, if the topic tells; otherwise empty
 * @param cause which class of mistake; groups alike ones
 * @param reason what exactly, for a person: where in the bytes, what was found, what was expected. Foreign text in it is quoted and cut
 */
public record Malformed(Message message, String device, Cause cause, String reason) implements Outcome {

    /** The same mistake in this message. */
    public Malformed with(Message other) {
        return new Malformed(other, device, cause, reason);
    }

    /** The classes of mistake. The words are part of the API. */
    public enum Cause {
        NOT_UTF8,
        NOT_JSON,
        TOO_LARGE,
        TOO_DEEP,
        DUPLICATE_KEY,
        NOT_FINITE,
        BAD_ID,
        MISSING_FIELD,
        WRONG_TYPE,
        NO_METRICS,
        BAD_TIME,
        UNKNOWN_VERSION,
        UNKNOWN_TOPIC,
        /** A step of a flow failed on it. */
        FLOW_FAILED,
        /** It is from a device that nobody has registered yet; it goes in when somebody does. */
        UNKNOWN_DEVICE,
        /** It is from a device that is disabled, or that nobody has registered where only registered ones may speak. */
        REJECTED_DEVICE;

        /** The word that API and pages use: {@code duplicate_key}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}

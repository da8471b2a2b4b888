package org.caravanhub.mqtt;

/** A message could not be published. The message names the broker and the topic, and says what to do. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isPossible;

    PublishException(String message, boolean isPossible) {
        super(message);
        this.isPossible = isPossible;
    }

    /** Whether the broker may have it all the same: it was sent, and only the acknowledgement is missing. */
    public boolean isPossible() {
        return isPossible;
    }
}

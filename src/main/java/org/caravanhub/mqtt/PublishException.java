package org.caravanhub.mqtt;

/** A message could not be published. The message names the broker and the topic, and says what to do. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PublishException(String message) {
        super(message);
    }
}

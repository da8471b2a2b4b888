package org.caravanhub.broker;

import org.jspecify.annotations.Nullable;

/** The embedded broker cannot run. The message says why, and what to do. */
public final class BrokerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerUnavailable(String message) {
        super(message);
    }

    BrokerUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

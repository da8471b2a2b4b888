package org.caravanhub.flow.watch;

import org.apache.camel.Exchange;

/**
 * Bounds how large a body may become: one that a flow doubles in a loop would take the memory of all. Looked at after each step, so
 * that it can grow only as much as one step makes it.
 */
final class Growth {
    private static final int LARGEST = 16 * 1024 * 1024;

    private Growth() {}

    /** Fails the exchange, and lets go of its body, if that is too large. */
    static void check(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        boolean isTooLarge = (body instanceof String text && text.length() > LARGEST)
                || (body instanceof byte[] bytes && bytes.length > LARGEST);
        if (isTooLarge && exchange.getException() == null) {
            exchange.getMessage().setBody(null);
            exchange.setException(new IllegalStateException(
                    "the body grew larger than " + LARGEST / 1024 / 1024 + " MB; a flow may not make it so"));
        }
    }
}

package org.caravanhub.flow.watch;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;

/**
 * Bounds how many requests the flows of users answer at once: they share the threads of the API, and one that never comes to an end
 * keeps its thread. Safe for several threads.
 */
final class Crowd {
    private static final int MOST_EACH = 3;
    private static final int MOST_IN_ALL = 8;
    private static final String REFUSED = "CaravanRefused";

    private final AtomicInteger inAll = new AtomicInteger();

    /** @param ofFlow how many are in the flow, this one among them */
    void enter(Exchange exchange, long ofFlow) {
        if (inAll.incrementAndGet() > MOST_IN_ALL || ofFlow > MOST_EACH) {
            exchange.setProperty(REFUSED, Boolean.TRUE);
        }
    }

    void leave() {
        inAll.decrementAndGet();
    }

    static boolean isRefused(Exchange exchange) {
        return exchange.getProperty(REFUSED) != null;
    }
}

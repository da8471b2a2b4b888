package org.caravanhub.store;

import java.time.Duration;

/** A query ran into its time limit and was stopped. Asking for less helps. */
public final class QueryTooSlow extends RuntimeException {
    private static final long serialVersionUID = 1;

    QueryTooSlow(String statement, Duration limit, Throwable cause) {
        super(statement + " took longer than " + limit.toMillis() + " ms", cause);
    }
}

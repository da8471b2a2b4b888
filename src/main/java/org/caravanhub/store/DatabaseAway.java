package org.caravanhub.store;

/** The database elsewhere does not answer. What comes in is kept meanwhile. */
public final class DatabaseAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseAway(Throwable cause) {
        super("the database does not answer", cause);
    }
}

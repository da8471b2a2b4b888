package org.caravanhub.store;

/** No connection for reading was free in time. Asking again a little later helps. */
public final class QueriesBusy extends RuntimeException {
    private static final long serialVersionUID = 1;

    QueriesBusy(Throwable cause) {
        super("no connection for reading was free in time", cause);
    }
}

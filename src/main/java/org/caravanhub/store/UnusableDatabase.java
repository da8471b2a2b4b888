package org.caravanhub.store;

import java.nio.file.Path;

/** The database file cannot be used as it is. It was not changed. */
public final class UnusableDatabase extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableDatabase(Path file, String why, String whatNow) {
        super(file + ": " + why + ". Nothing was changed. " + whatNow);
    }

    UnusableDatabase(Path file, String why, String whatNow, Throwable cause) {
        this(file, why, whatNow);
        initCause(cause);
    }
}

package org.caravanhub.store;

import java.nio.file.Path;

/** The database cannot be used as it is. It was not changed. */
public final class UnusableDatabase extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableDatabase(Path file, String why, String whatNow) {
        this(file.toString(), why, whatNow);
    }

    UnusableDatabase(String where, String why, String whatNow) {
        super(where + ": " + why + ". Nothing was changed. " + whatNow);
    }

    UnusableDatabase(String where, String why, String whatNow, Throwable cause) {
        this(where, why, whatNow);
        initCause(cause);
    }

    UnusableDatabase(Path file, String why, String whatNow, Throwable cause) {
        this(file, why, whatNow);
        initCause(cause);
    }
}

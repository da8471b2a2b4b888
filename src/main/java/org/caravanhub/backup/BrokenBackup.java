package org.caravanhub.backup;

import java.io.IOException;

/** A file is no backup, or no whole one; the message says what is wrong with it, after "it". */
public final class BrokenBackup extends IOException {
    static final String WRONG_KEY = "it does not open with this recovery key";

    BrokenBackup(String message) {
        super(message);
    }

    /** Whether the key that somebody gave may be what is wrong, and not the file. */
    boolean isOfKey() {
        return WRONG_KEY.equals(getMessage());
    }
}

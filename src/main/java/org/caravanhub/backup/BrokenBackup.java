package org.caravanhub.backup;

import java.io.IOException;

/** A file is no backup, or no whole one; the message says what is wrong with it, after "it". */
public final class BrokenBackup extends IOException {
    BrokenBackup(String message) {
        super(message);
    }
}

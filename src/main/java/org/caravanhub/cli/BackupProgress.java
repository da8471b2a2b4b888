package org.caravanhub.cli;

import java.util.Locale;
import org.caravanhub.backup.BackupListener;

/** How far a backup is, on standard error. */
final class BackupProgress implements BackupListener, AutoCloseable {
    private static final long MEGABYTE = 1 << 20;

    private final Surroundings here;
    private final boolean isQuiet;
    private Stage stage = Stage.COPY_DATABASE;
    private Progress progress;

    BackupProgress(Surroundings here, boolean isQuiet) {
        this.here = here;
        this.isQuiet = isQuiet;
        this.progress = begin();
    }

    @Override
    public void at(Stage now, long done, long all) {
        if (now != stage) {
            progress.close();
            stage = now;
            progress = begin();
        }
        progress.at(done, all, done / MEGABYTE);
    }

    private Progress begin() {
        String word =
                switch (stage) {
                    case COPY_DATABASE -> "Copying the database";
                    case WRITE -> "Writing";
                    case CHECK -> "Checking";
                };
        return new Progress(here, word, "MB", isQuiet);
    }

    @Override
    public void close() {
        progress.close();
    }

    /** Bytes for a person. */
    static String size(long bytes) {
        return bytes < MEGABYTE
                ? Math.max(1, bytes / 1024) + " kB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / (double) MEGABYTE);
    }
}

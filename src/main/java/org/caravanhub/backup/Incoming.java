package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that comes from elsewhere and is not on the shelf before it is whole. It is written in a folder of its own, where nobody takes it
 * for a backup; one at a time.
 */
public final class Incoming {
    private static final String FOLDER = "incoming" + BackupFile.PART;

    private final Shelf shelf;
    private final Verification verification;
    private final Checked checked;

    /** @param checked notes whether somebody could look into it */
    public Incoming(Shelf shelf, Verification verification, Checked checked) {
        this.shelf = shelf;
        this.verification = verification;
        this.checked = checked;
    }

    /** Whether a file of this name can be one; it has no other folder in it then. */
    public static boolean isName(String name) {
        return BackupFile.isName(name);
    }

    /** Where it is written to, an empty file; what came before it and did not end is gone. */
    public Path begin(String name) throws IOException {
        if (!isName(name)) {
            throw new IllegalArgumentException("no name of a backup");
        }
        Files.createDirectories(shelf.folder());
        return Files.createFile(Disk.emptied(folder()).resolve(name), Disk.OWNER_ONLY);
    }

    /** How much there is room for. */
    public long free() throws IOException {
        Files.createDirectories(shelf.folder());
        return Files.getFileStore(shelf.folder()).getUsableSpace();
    }

    /**
     * It is all there: it is read through and gets its place. One that is encrypted is put there as it is, and nobody is told that it is
     * whole.
     *
     * @param room an own folder
     * @throws BrokenBackup if it is none; nothing is left of it then
     */
    public BackupFile take(String name, Path room, BackupListener listener, Instant now) throws IOException {
        Path arrived = folder().resolve(name);
        Path target = shelf.folder().resolve(name);
        try {
            boolean isSealed = name.endsWith(Sealing.SUFFIX);
            if (!isSealed) {
                verification.check(arrived, Optional.empty(), room, listener);
            } else if (!Sealing.isSealed(arrived)) {
                throw new BrokenBackup("it is no encrypted backup");
            }
            // Noted first: a kill in between must not make one whole that nobody could look into.
            BackupFile taken = BackupFile.called(target, Files.size(arrived)).orElseThrow();
            if (isSealed) {
                checked.unknown(taken);
            } else {
                checked.well(taken, now);
            }
            Checksum.write(target, Checksum.of(arrived));
            Disk.rename(arrived, target);
            return taken;
        } finally {
            giveUp();
        }
    }

    /** Nothing is left of what has come so far. */
    public void giveUp() throws IOException {
        Disk.delete(folder());
    }

    private Path folder() {
        return shelf.folder().resolve(FOLDER);
    }
}

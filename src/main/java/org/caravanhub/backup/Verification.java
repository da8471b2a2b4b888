package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a backup is whole: each of its bytes is read, and the copy of the database in it is opened. */
public final class Verification {
    private final DatabaseCopies databases;

    /** @param databases open copies of their kind */
    public Verification(DatabaseCopies databases) {
        this.databases = databases;
    }

    /**
     * Only what it says of itself.
     *
     * @throws BrokenBackup if it is none
     */
    public static Manifest manifest(Path backup, Optional<String> recoveryKey) throws IOException {
        return new Unpacking(backup, recoveryKey, BackupListener.NONE).manifest();
    }

    /**
     * All of it.
     *
     * @param room an own folder that the copy of the database is unpacked into; it is gone afterwards
     * @throws BrokenBackup saying what is wrong with it
     */
    public Manifest check(Path backup, Optional<String> recoveryKey, Path room, BackupListener listener)
            throws IOException {
        Checksum.check(backup);
        Path folder = Disk.emptied(room);
        try {
            Manifest manifest = new Unpacking(backup, recoveryKey, listener)
                    .all(entry -> entry.path().startsWith(Places.DATABASE + "/")
                            ? Optional.of(folder.resolve(entry.path()))
                            : Optional.empty());
            check(manifest, folder.resolve(Places.DATABASE));
            return manifest;
        } finally {
            Disk.delete(folder);
        }
    }

    /** The databases that were unpacked into a folder are those of the manifest. */
    void check(Manifest manifest, Path folder) throws IOException {
        if (!manifest.database().kind().equals(databases.kind())) {
            throw new BrokenBackup(
                    "it is of a hub with " + manifest.database().kind() + ", and this one has " + databases.kind());
        }
        if (manifest.database().schema() > databases.newestSchema()) {
            throw new BrokenBackup("its database is of a newer Caravan, schema "
                    + manifest.database().schema() + "; this one knows " + databases.newestSchema()
                    + ". Update this one first");
        }
        DatabaseCopies.Facts facts = databases.check(folder);
        if (facts.schema() != manifest.database().schema()
                || !facts.rows().equals(manifest.database().rows())) {
            throw new BrokenBackup("its database has not the rows that were saved: " + facts.rows() + " instead of "
                    + manifest.database().rows());
        }
    }
}

package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a backup to another disk, and reads it there. */
public final class SecondPlace {
    private SecondPlace() {}

    /**
     * Copies it, whole or not at all.
     *
     * @return the copy
     * @throws IOException if it cannot be written, or reads otherwise than it was written
     */
    public static BackupFile copy(BackupFile backup, Shelf to) throws IOException {
        Path target = to.folder().resolve(backup.name());
        Path part = Path.of(target + BackupFile.PART);
        try {
            Files.deleteIfExists(part);
            Files.copy(backup.path(), part);
            Disk.force(part);
            String digest = Checksum.of(part);
            if (!digest.equals(Checksum.of(backup.path()))) {
                throw new BrokenBackup(to.folder() + " does not give back what was written to it");
            }
            Checksum.write(target, digest);
            Disk.rename(part, target);
            return BackupFile.of(target).orElseThrow();
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

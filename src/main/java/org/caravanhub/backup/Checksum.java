package org.caravanhub.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The digest of a backup's every byte, in a file beside it that {@code sha256sum -c} reads too. What is in a backup is proved by its manifest;
 * this also finds a flipped bit where nothing is, and needs no recovery key.
 */
final class Checksum {
    private static final String SUFFIX = ".sha256";

    private Checksum() {}

    static Path beside(Path backup) {
        return backup.resolveSibling(backup.getFileName() + SUFFIX);
    }

    /** Writes it, for the name that the backup will have. */
    static void write(Path backup, String sha256) throws IOException {
        Path part = Path.of(beside(backup) + BackupFile.PART);
        Files.deleteIfExists(part);
        Files.createFile(part, Disk.OWNER_ONLY);
        Files.writeString(part, sha256 + "  " + backup.getFileName() + "\n", StandardCharsets.US_ASCII);
        Disk.rename(part, beside(backup));
    }

    /**
     * Reads the backup and compares. Nothing is compared if the digest did not come along.
     *
     * @throws BrokenBackup if it is another
     */
    static void check(Path backup) throws IOException {
        Path file = beside(backup);
        if (Files.isRegularFile(file) && Files.size(file) < 1024) {
            String wanted = Files.readString(file, StandardCharsets.ISO_8859_1).split("\\s", 2)[0];
            if (!wanted.equals(of(backup))) {
                throw new BrokenBackup(
                        "its bytes are not those that were saved: " + file.getFileName() + " has another digest");
            }
        }
    }

    /** The digest beside a backup, as it was written; nothing if there is none. */
    static Optional<String> of(BackupFile backup) {
        try {
            Path file = beside(backup.path());
            String digest = Files.size(file) < 1024
                    ? Files.readString(file, StandardCharsets.ISO_8859_1).split("\\s", 2)[0]
                    : "";
            return digest.matches("[0-9a-f]{64}") ? Optional.of(digest) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Hashed.copy(in, OutputStream.nullOutputStream(), read -> {}).sha256();
        }
    }
}

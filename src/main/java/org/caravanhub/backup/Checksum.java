package org.caravanhub.backup;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The digest of a backup's every byte, in a file beside it that {@code sha256sum -c} reads too. What is in a backup is proved by its manifest;
 * this also finds a flipped bit where nothing is, and needs no recovery key.
 */
final class Checksum {
    private static final String SUFFIX = ".sha256";
    private static final int PIECE = 1 << 20;
    private static final long MOST_OF_BLOCK = 1 << 16;

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

    /** Writes it into another folder, for a backup that goes elsewhere. */
    static Path writeInto(Path folder, BackupFile backup) throws IOException {
        Path file = folder.resolve(backup.name());
        write(file, of(backup.path()));
        return beside(file);
    }

    /**
     * Reads the backup and compares. Nothing is compared if the digest did not come along.
     *
     * @throws BrokenBackup if it is another
     */
    static void check(Path backup) throws IOException {
        if (known(backup).isPresent()) {
            compare(backup, of(backup));
        }
    }

    /**
     * The same, with a digest that was reckoned while it was read.
     *
     * @throws BrokenBackup if it should be another
     */
    static void compare(Path backup, String digest) throws IOException {
        Optional<String> known = known(backup);
        if (known.isPresent() && !known.get().equals(digest)) {
            throw new BrokenBackup(
                    "its bytes are not those that were saved: " + beside(backup).getFileName() + " has another digest");
        }
    }

    /** The digest that came along, if one did. */
    static Optional<String> known(Path backup) throws IOException {
        Path file = beside(backup);
        return Files.isRegularFile(file) && Files.size(file) < 1024
                ? Optional.of(
                        Files.readString(file, StandardCharsets.ISO_8859_1).split("\\s", 2)[0])
                : Optional.empty();
    }

    /** As the disk has it, past what the system remembers of what was written. Where that cannot be asked for, as it is read. */
    static String ofDisk(Path file) throws IOException {
        int block = Math.toIntExact(Math.min(Files.getFileStore(file).getBlockSize(), MOST_OF_BLOCK));
        MessageDigest digest = Hashed.sha256();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT)) {
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE + block).alignedSlice(block);
            // Past the disk's memory only whole blocks can be read; a shorter one is the last.
            int whole = PIECE - PIECE % block;
            for (int read = whole; read == whole; ) {
                read = channel.read(piece.clear().limit(whole));
                digest.update(piece.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | UnsupportedOperationException e) {
            return of(file);
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

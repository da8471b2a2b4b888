package org.caravanhub.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.caravanhub.backup.BackupListener.Stage;
import org.caravanhub.backup.Manifest.DatabaseFacts;
import org.caravanhub.backup.Manifest.Entry;
import org.caravanhub.backup.Packing.ChangedMeanwhile;
import org.jspecify.annotations.Nullable;

/**
 * Makes backups and checks them. One is made at a time; whatever ends it, a kill too, leaves those that are there as they are, and nothing
 * that could be taken for a backup.
 */
public final class Backups {
    private static final String LOCK = ".making";
    private static final String ASIDE = "aside";
    /** So many files may change while they are saved. */
    private static final int ATTEMPTS = 20;
    /** Beside the backup itself and the copy of the database that goes into it. */
    private static final long ROOM_TO_SPARE = 64L << 20;

    private final Settings settings;
    private final DatabaseCopies databases;
    private final Clock clock;

    /**
     * What was configured.
     *
     * @param shelf where backups are
     * @param sources what goes into them
     * @param recipient whom they are encrypted for, if they are
     * @param host the machine's name
     * @param program the version of the program
     */
    public record Settings(Shelf shelf, Sources sources, Optional<String> recipient, String host, String program) {}

    /** With these settings, of these databases. */
    public Backups(Settings settings, DatabaseCopies databases, Clock clock) {
        this.settings = settings;
        this.databases = databases;
        this.clock = clock;
    }

    /** Where they are. */
    public Shelf shelf() {
        return settings.shelf();
    }

    /**
     * Makes one; it has its name when it was opened, checked and is on the disk.
     *
     * @param label a word: what for
     * @throws IOException if it cannot be made, saying why; nothing is left behind then
     */
    public synchronized BackupFile make(String label, BackupListener listener) throws IOException {
        if (!BackupFile.isLabel(label)) {
            throw new IllegalArgumentException("a label is a word of letters a-z, digits and '-': " + label);
        }
        databases.requireThere();
        Path folder = settings.shelf().folder();
        Disk.folders(folder);
        Path lockFile = folder.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            Disk.give(lockFile, Files.getOwner(folder));
            return make(folder, label, listener);
        }
    }

    /** The hub by its clock and a person at the command line are two processes. */
    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("another one is being made by this hub at the moment", e);
        }
        throw new IOException("another one is being made at the moment");
    }

    private BackupFile make(Path folder, String label, BackupListener listener) throws IOException {
        settings.shelf().clearLeftovers();
        Path staging = Disk.emptied(folder.resolve("making" + BackupFile.PART));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Path target =
                folder.resolve(BackupFile.name(now, label, settings.recipient().isPresent()));
        Path part = Path.of(target + BackupFile.PART);
        try {
            listener.at(Stage.COPY_DATABASE, 0, 0);
            Path copies = Files.createDirectory(staging.resolve(Places.DATABASE), Disk.FOLDER_OF_OWNER);
            Files.createDirectory(staging.resolve(ASIDE), Disk.FOLDER_OF_OWNER);
            DatabaseCopies.Facts facts = databases.copyTo(copies);
            requireRoom(folder, size(copies) + ROOM_TO_SPARE);
            Checksum.write(target, writeWhole(now, label, facts, staging, part, listener));
            Disk.rename(part, target);
            return BackupFile.of(target).orElseThrow();
        } catch (IOException e) {
            throw isFull(folder) ? noRoom(folder, size(staging.resolve(Places.DATABASE)) + ROOM_TO_SPARE, e) : e;
        } finally {
            Files.deleteIfExists(part);
            Disk.delete(staging);
        }
    }

    /** A file that is written to meanwhile is copied aside, and the copy is saved; one that is gone is left out. */
    private String writeWhole(
            Instant now, String label, DatabaseCopies.Facts facts, Path staging, Path part, BackupListener listener)
            throws IOException {
        Map<String, Path> aside = new HashMap<>();
        for (int attempt = 1; ; attempt++) {
            SortedMap<String, Path> files = files(staging);
            files.putAll(aside);
            try {
                return write(now, label, facts, files, part, listener);
            } catch (ChangedMeanwhile e) {
                if (attempt == ATTEMPTS || aside.containsKey(e.path())) {
                    throw e;
                }
                Path copy = staging.resolve(ASIDE).resolve(Integer.toString(attempt));
                Files.copy(Objects.requireNonNull(files.get(e.path())), copy, StandardCopyOption.COPY_ATTRIBUTES);
                aside.put(e.path(), copy);
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            Files.deleteIfExists(part);
        }
    }

    private SortedMap<String, Path> files(Path staging) throws IOException {
        SortedMap<String, Path> files = settings.sources().files();
        try (Stream<Path> copies = Files.list(staging.resolve(Places.DATABASE))) {
            copies.forEach(copy -> files.put(Places.DATABASE + "/" + copy.getFileName(), copy));
        }
        return files;
    }

    private String write(
            Instant now,
            String label,
            DatabaseCopies.Facts facts,
            SortedMap<String, Path> files,
            Path part,
            BackupListener listener)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (var each : files.entrySet()) {
            entries.add(Packing.entry(each.getKey(), each.getValue()));
        }
        DatabaseFacts database = new DatabaseFacts(
                databases.kind(), Places.DATABASE + "/" + databases.fileName(), facts.schema(), facts.rows());
        Manifest manifest = new Manifest(now, settings.host(), settings.program(), label, database, entries);
        long[] done = {0};
        Packing packing = new Packing(settings.recipient(), read -> {
            done[0] += read;
            listener.at(Stage.WRITE, done[0], manifest.bytes());
        });
        Files.createFile(part, Disk.OWNER_ONLY);
        MessageDigest written = Hashed.sha256();
        try (OutputStream out =
                new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(part)), written)) {
            packing.write(manifest, files, out);
        }
        Disk.force(part);
        String digest = HexFormat.of().formatHex(written.digest());
        check(part, digest, manifest, listener);
        return digest;
    }

    /** The disk gives back what was written; and if no key is needed for that, it is opened and is what it should be. */
    private void check(Path part, String written, Manifest manifest, BackupListener listener) throws IOException {
        if (!Checksum.of(part).equals(written)) {
            throw new BrokenBackup("the disk does not give back what was written to it");
        }
        if (settings.recipient().isEmpty()) {
            Manifest read = new Unpacking(part, Optional.empty(), listener).all(Unpacking.Wanted.NOTHING);
            if (!read.equals(manifest)) {
                throw new BrokenBackup("its manifest is not the one that was written");
            }
        }
    }

    private static void requireRoom(Path folder, long bytes) throws IOException {
        if (free(folder) < bytes) {
            throw noRoom(folder, bytes, null);
        }
    }

    /** It was filled by something else meanwhile, or by the copy of the database. */
    private static boolean isFull(Path folder) throws IOException {
        return free(folder) < 1 << 20;
    }

    private static IOException noRoom(Path folder, long bytes, @Nullable IOException cause) throws IOException {
        return new IOException(
                "the disk of " + folder + " has " + (free(folder) >> 20) + " MB left, and a backup needs "
                        + (bytes >> 20) + " MB",
                cause);
    }

    private static long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private static long size(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}

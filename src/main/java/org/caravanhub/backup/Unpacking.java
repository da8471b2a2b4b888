package org.caravanhub.backup;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.caravanhub.backup.BackupListener.Stage;
import org.caravanhub.backup.Manifest.Entry;
import org.caravanhub.text.Quoted;

/**
 * Reads a backup from its first byte to its last. It may come from anywhere: nothing in it is believed but what its manifest says and its
 * digests prove, and nothing gets out of the folder that it is unpacked into.
 */
final class Unpacking {
    private static final int MOST_MANIFEST_BYTES = 32 << 20;

    private final Path file;
    private final Optional<String> recoveryKey;
    private final BackupListener listener;
    private long done;

    /** @param recoveryKey opens it if it is encrypted */
    Unpacking(Path file, Optional<String> recoveryKey, BackupListener listener) {
        this.file = file;
        this.recoveryKey = recoveryKey;
        this.listener = listener;
    }

    /**
     * Only what it says of itself: its first thousand bytes or so are read.
     *
     * @throws BrokenBackup if it is none
     */
    Manifest manifest() throws IOException {
        try (TarArchiveInputStream tar = tar(plain())) {
            return manifest(tar);
        } catch (EOFException e) {
            throw new BrokenBackup("it ends in the middle");
        }
    }

    /**
     * Everything.
     *
     * @param wanted decides by the manifest what becomes a file, and may refuse it all
     * @throws BrokenBackup if anything is not as the manifest says, naming it
     */
    Manifest all(Wanted wanted) throws IOException {
        try (InputStream plain = plain();
                TarArchiveInputStream tar = tar(plain)) {
            Manifest manifest = manifest(tar);
            wanted.begin(manifest);
            for (Entry entry : manifest.files()) {
                one(tar, entry, wanted.place(entry), manifest.bytes());
            }
            if (tar.getNextEntry() != null) {
                throw new BrokenBackup("it has more in it than its manifest names");
            }
            // Tar is over before its stream is, and the check sums of gzip and age are at their ends.
            plain.transferTo(OutputStream.nullOutputStream());
            return manifest;
        } catch (EOFException e) {
            throw new BrokenBackup("it ends in the middle");
        } catch (ZipException e) {
            throw new BrokenBackup("its bytes are damaged: " + Quoted.of(String.valueOf(e.getMessage())));
        }
    }

    /** What becomes of what is in it. */
    interface Wanted {
        /** Nothing becomes a file; it is only read. */
        Wanted NOTHING = entry -> Optional.empty();

        /** @throws IOException if it is not wanted at all */
        default void begin(Manifest manifest) throws IOException {}

        /** Where a file is written to; nothing if it is only read. */
        Optional<Path> place(Entry entry);
    }

    private static TarArchiveInputStream tar(InputStream plain) {
        return new TarArchiveInputStream(plain, "UTF-8");
    }

    private InputStream plain() throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            boolean isSealed = file.getFileName().toString().endsWith(Sealing.SUFFIX);
            if (isSealed && recoveryKey.isEmpty()) {
                throw new BrokenBackup("it is encrypted and needs its recovery key");
            }
            return new GZIPInputStream(isSealed ? Sealing.open(bytes, recoveryKey.get()) : bytes, 1 << 16);
        } catch (ZipException | EOFException e) {
            bytes.close();
            throw new BrokenBackup("it is no backup of Caravan");
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static Manifest manifest(TarArchiveInputStream tar) throws IOException {
        TarArchiveEntry first;
        try {
            first = tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw new BrokenBackup("it is no backup of Caravan");
        }
        if (first == null || !first.getName().equals(Manifest.NAME) || first.getSize() > MOST_MANIFEST_BYTES) {
            throw new BrokenBackup("it is no backup of Caravan: it does not begin with " + Manifest.NAME);
        }
        return ManifestJson.read(tar.readNBytes((int) first.getSize()));
    }

    private void one(TarArchiveInputStream tar, Entry entry, Optional<Path> place, long all) throws IOException {
        TarArchiveEntry there = next(tar);
        if (there == null || !there.getName().equals(entry.path()) || !there.isFile() || there.isLink()) {
            throw new BrokenBackup("it lacks " + Quoted.of(entry.path()) + ", which its manifest names");
        }
        if (there.getSize() != entry.bytes()) {
            throw new BrokenBackup(Quoted.of(entry.path()) + " in it is longer or shorter than its manifest says");
        }
        try (OutputStream out = place.isPresent() ? create(place.get()) : OutputStream.nullOutputStream()) {
            Hashed.Passed passed = Hashed.copy(tar, out, read -> {
                done += read;
                listener.at(Stage.CHECK, done, all);
            });
            if (passed.bytes() != entry.bytes() || !passed.sha256().equals(entry.sha256())) {
                throw new BrokenBackup(Quoted.of(entry.path()) + " in it is not what was saved: its digest is another");
            }
        }
        if (place.isPresent()) {
            Files.setPosixFilePermissions(place.get(), PosixFilePermissions.fromString(entry.mode()));
            Disk.force(place.get());
        }
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (IllegalArgumentException e) {
            throw new BrokenBackup("its bytes are damaged");
        }
    }

    private static OutputStream create(Path place) throws IOException {
        Files.createDirectories(place.toAbsolutePath().getParent(), Disk.FOLDER_OF_OWNER);
        Files.createFile(place, Disk.OWNER_ONLY);
        return Files.newOutputStream(place, StandardOpenOption.WRITE);
    }
}

package org.caravanhub.backup;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.caravanhub.backup.Manifest.Entry;

/** Writes files into one: the manifest, and then each as the manifest says it is. */
final class Packing {
    private final Optional<String> recipient;
    private final LongConsumer progress;

    /** @param recipient whom it is encrypted for, if it is */
    Packing(Optional<String> recipient, LongConsumer progress) {
        this.recipient = recipient;
        this.progress = progress;
    }

    /** A file, as it is now. */
    static Entry entry(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Hashed.Passed passed = Hashed.copy(in, OutputStream.nullOutputStream(), read -> {});
            return new Entry(
                    name,
                    passed.bytes(),
                    passed.sha256(),
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    /**
     * Writes it all, and closes it.
     *
     * @throws ChangedMeanwhile if a file is not any more what the manifest says
     */
    void write(Manifest manifest, SortedMap<String, Path> files, OutputStream out) throws IOException {
        OutputStream sealed = recipient.isPresent() ? Sealing.seal(out, recipient.get()) : out;
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new FastGzip(new BufferedOutputStream(sealed, 1 << 16)), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            byte[] first = ManifestJson.bytes(manifest);
            TarArchiveEntry head = new TarArchiveEntry(Manifest.NAME);
            head.setSize(first.length);
            head.setMode(0600);
            head.setModTime(manifest.madeAt().toEpochMilli());
            tar.putArchiveEntry(head);
            tar.write(first);
            tar.closeArchiveEntry();
            for (Entry entry : manifest.files()) {
                one(tar, entry, Objects.requireNonNull(files.get(entry.path())), manifest);
            }
            tar.finish();
        }
    }

    private void one(TarArchiveOutputStream tar, Entry entry, Path file, Manifest manifest) throws IOException {
        TarArchiveEntry head = new TarArchiveEntry(entry.path());
        head.setSize(entry.bytes());
        head.setMode(mode(entry.mode()));
        head.setModTime(manifest.madeAt().toEpochMilli());
        tar.putArchiveEntry(head);
        try (InputStream in = Files.newInputStream(file)) {
            Hashed.Passed passed = Hashed.copy(in, new AtMost(tar, entry), progress);
            if (passed.bytes() != entry.bytes() || !passed.sha256().equals(entry.sha256())) {
                throw new ChangedMeanwhile(entry.path());
            }
        }
        tar.closeArchiveEntry();
    }

    private static int mode(String permissions) {
        int mode = 0;
        for (int i = 0; i < permissions.length(); i++) {
            mode = mode << 1 | (permissions.charAt(i) == '-' ? 0 : 1);
        }
        return mode;
    }

    /** A file was written to between the two readings of it. */
    static final class ChangedMeanwhile extends IOException {
        private final String path;

        ChangedMeanwhile(String path) {
            super(path + " changed while it was saved");
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    /** Tar is told how long a file is before it; one that has grown would break the next. */
    private static final class AtMost extends FilterOutputStream {
        private final Entry entry;
        private long left;

        AtMost(OutputStream out, Entry entry) {
            super(out);
            this.entry = entry;
            this.left = entry.bytes();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new ChangedMeanwhile(entry.path());
            }
            out.write(bytes, from, length);
        }
    }

    /** Most of it is a database, which gets half as long at any effort; a Pi has better to do. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}

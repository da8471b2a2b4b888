package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What backups say of themselves, read once: a list that is asked for often reads no file again. Safe for use by many threads. */
public final class Contents {
    private static final int REMEMBERED = 200;

    private record Key(Path path, long bytes, long modified) {}

    private final Map<Key, Optional<Summary>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<Summary>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * In a few numbers.
     *
     * @param bytes what it unpacks to
     * @param readings how many
     */
    public record Summary(String host, String program, int files, long bytes, int schema, long readings) {}

    /** Of one that is not encrypted; nothing if it is, or is none. */
    public Optional<Summary> of(BackupFile backup) {
        if (backup.isSealed()) {
            return Optional.empty();
        }
        Key key;
        try {
            key = new Key(
                    backup.path(),
                    backup.bytes(),
                    Files.getLastModifiedTime(backup.path()).toMillis());
        } catch (IOException gone) {
            return Optional.empty();
        }
        synchronized (known) {
            Optional<Summary> there = known.get(key);
            if (there != null) {
                return there;
            }
        }
        Optional<Summary> read = read(backup);
        synchronized (known) {
            known.put(key, read);
        }
        return read;
    }

    private static Optional<Summary> read(BackupFile backup) {
        try {
            Manifest manifest = Verification.manifest(backup.path(), Optional.empty());
            return Optional.of(new Summary(
                    manifest.host(),
                    manifest.program(),
                    manifest.files().size(),
                    manifest.bytes(),
                    manifest.database().schema(),
                    manifest.database().rows().getOrDefault("reading", 0L)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

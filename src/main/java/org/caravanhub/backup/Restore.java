package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravanhub.backup.Manifest.Entry;

/**
 * The way back, in two steps. First a backup is unpacked beside what is there, and each of its bytes is checked; nothing else is touched, and
 * it may be given up. Then, with nobody at work in the folder, it takes the place of what is there. Once that has begun it is finished, after
 * a power cut too: what starts next goes on with it.
 */
public final class Restore {
    private static final String FOLDER = "restore";
    private static final String READY = "ready.json";
    private static final String NOTED = "prepared.json";

    private final Sources sources;
    private final DatabaseCopies databases;

    /**
     * Into these places.
     *
     * @param databases of the same kind as those of the backup
     */
    public Restore(Sources sources, DatabaseCopies databases) {
        this.sources = sources;
        this.databases = databases;
    }

    /**
     * What came of it.
     *
     * @param manifest of the backup that was restored
     * @param left files that could not be written, by where they should be, and where they are instead
     */
    public record Result(Manifest manifest, Map<Path, Path> left) {}

    /**
     * Unpacks and checks all of it; what is there stays as it is.
     *
     * @throws BrokenBackup if it is not whole, or cannot be used by this program
     */
    public Manifest prepare(Path backup, Optional<String> recoveryKey, BackupListener listener) throws IOException {
        Checksum.check(backup);
        Path folder = Disk.emptied(folder());
        try {
            Unpacking unpacking = new Unpacking(backup, recoveryKey, listener);
            Manifest manifest = unpacking.all(new Unpacking.Wanted() {
                @Override
                public void begin(Manifest said) throws IOException {
                    requireRoom(said.bytes());
                }

                @Override
                public Optional<Path> place(Entry entry) {
                    return Optional.of(folder.resolve(entry.path()));
                }
            });
            new Verification(databases).check(manifest, folder.resolve(Places.DATABASE));
            return manifest;
        } catch (IOException | RuntimeException e) {
            Disk.delete(folder);
            throw e;
        }
    }

    /** What putting it in place would change. */
    public Difference difference(Manifest prepared) throws IOException {
        return Difference.of(sources.files(), databases.rowsNow(), prepared);
    }

    /** Which settings it would change, by their keys. */
    public List<SettingsDifference> settings(Manifest prepared) throws IOException {
        List<SettingsDifference> all = new ArrayList<>();
        for (Entry entry : prepared.files()) {
            Optional<Path> here = target(entry.path());
            if (entry.path().startsWith(Places.CONFIG + "/") && here.isPresent()) {
                all.add(SettingsDifference.of(entry.path(), here.get(), folder().resolve(entry.path())));
            }
        }
        return all;
    }

    /** Gives up what was prepared. */
    public void giveUp() throws IOException {
        if (!isBegun()) {
            Disk.delete(folder());
        }
    }

    /** Notes what was prepared, for whoever begins it. */
    void note(Manifest prepared) throws IOException {
        Path part = folder().resolve(NOTED + BackupFile.PART);
        Files.write(part, ManifestJson.bytes(prepared));
        Disk.rename(part, folder().resolve(NOTED));
    }

    /** What was prepared and noted. */
    Manifest noted() throws IOException {
        return ManifestJson.read(Files.readAllBytes(folder().resolve(NOTED)));
    }

    /** From now on it is finished, whatever happens. */
    public void begin(Manifest prepared) throws IOException {
        Path part = folder().resolve(READY + BackupFile.PART);
        Files.write(part, ManifestJson.bytes(prepared));
        Disk.rename(part, folder().resolve(READY));
    }

    /** Whether one was begun and is not finished. */
    public boolean isBegun() {
        return isBegunIn(sources.data());
    }

    /** The same, of a data folder. */
    public static boolean isBegunIn(Path data) {
        return Files.exists(data.resolve(FOLDER).resolve(READY));
    }

    /**
     * Puts what was prepared in its place; nobody may be at work in the data folder.
     *
     * @throws IOException if a place cannot be written to; what was begun goes on with the next call
     */
    public Result finish() throws IOException {
        Manifest manifest = ManifestJson.read(Files.readAllBytes(folder().resolve(READY)));
        Map<Path, Path> left = new HashMap<>();
        SortedMap<String, Path> here = new TreeMap<>(sources.files());
        databases.replace(folder().resolve(Places.DATABASE));
        for (Entry entry : manifest.files()) {
            here.remove(entry.path());
            target(entry.path()).ifPresent(target -> place(entry, target, left));
        }
        for (Map.Entry<String, Path> other : here.entrySet()) {
            // Configuration that the backup does not know is of this machine.
            if (!other.getKey().startsWith(Places.CONFIG + "/")) {
                Files.deleteIfExists(other.getValue());
            }
        }
        Files.delete(folder().resolve(READY));
        Disk.force(folder());
        if (left.isEmpty()) {
            Disk.delete(folder());
        }
        return new Result(manifest, left);
    }

    private void place(Entry entry, Path target, Map<Path, Path> left) {
        Path from = folder().resolve(entry.path());
        try {
            if (isThere(entry, target)) {
                Files.deleteIfExists(from);
            } else if (Files.exists(from)) {
                move(from, target);
            }
        } catch (IOException e) {
            left.put(target, from);
        }
    }

    /** A configuration that is of root's and as it was needs nobody to write it. */
    private static boolean isThere(Entry entry, Path target) throws IOException {
        return entry.path().startsWith(Places.CONFIG + "/")
                && Files.isReadable(target)
                && Packing.entry(entry.path(), target).sha256().equals(entry.sha256());
    }

    /** Across file systems too: the new one is whole on the disk before the old one goes. */
    private static void move(Path from, Path to) throws IOException {
        Path folder = to.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = Path.of(to + BackupFile.PART);
        Files.deleteIfExists(part);
        Files.copy(from, part, StandardCopyOption.COPY_ATTRIBUTES);
        Disk.rename(part, to);
        Files.delete(from);
    }

    /** Where a file of a backup belongs on this machine; nothing for what the databases place. */
    private Optional<Path> target(String path) {
        int slash = path.indexOf('/');
        String inside = path.substring(slash + 1);
        return switch (path.substring(0, slash)) {
            case Places.DATA -> Optional.of(sources.data().resolve(inside));
            case Places.ROUTES -> Optional.of(sources.routes().resolve(inside));
            case Places.CONFIG ->
                sources.config().stream()
                        .filter(file -> file.getFileName().toString().equals(inside))
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private void requireRoom(long bytes) throws IOException {
        long free = Files.getFileStore(sources.data()).getUsableSpace();
        if (free < bytes) {
            throw new IOException("the disk of " + sources.data() + " has " + (free >> 20)
                    + " MB left, and what is in the backup needs " + (bytes >> 20) + " MB beside what is there");
        }
    }

    private Path folder() {
        return sources.data().resolve(FOLDER);
    }
}

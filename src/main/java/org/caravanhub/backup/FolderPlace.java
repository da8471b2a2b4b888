package org.caravanhub.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.caravanhub.backup.BackupListener.Stage;

/**
 * A folder on another disk, such as a USB stick. One that is not mounted leaves an empty folder on the disk of the system; to fill that would
 * save nothing, and bring the hub down. So the folder has to be on another disk, or have a file in it that says that it is meant.
 *
 * @param folder made if its disk is there
 * @param own folders on disks that are no second place
 */
public record FolderPlace(Path folder, List<Path> own) implements SecondPlace {
    /** An empty file of this name in a folder says that it is meant, whatever disk it is on. */
    public static final String MARKER = "caravan-backups";

    /** A file on FAT is shorter. */
    private static final long MOST_BYTES_OF_FAT = (4L << 30) - 1;

    private static final long SPARE = 1 << 20;

    private static final Set<String> FAT = Set.of("vfat", "msdos", "fat");

    public FolderPlace {
        own = List.copyOf(own);
    }

    /** A folder that somebody names at this moment, on whatever disk. */
    public static FolderPlace named(Path folder) {
        return new FolderPlace(folder, List.of());
    }

    @Override
    public String where() {
        return folder.toString();
    }

    @Override
    public List<BackupFile> all() throws IOException {
        requireThere();
        return shelf().all();
    }

    @Override
    public Path fetch(BackupFile backup, Path room) {
        return backup.path();
    }

    @Override
    public List<BackupFile> prune(Retention retention, Instant now, ZoneId zone) throws IOException {
        requireThere();
        return shelf().prune(retention, now, zone);
    }

    @Override
    public String copy(BackupFile backup, BackupListener listener) throws IOException {
        requireThere();
        makeFolder();
        makeRoom(backup.bytes());
        requireRoom(backup.bytes());
        Path target = folder.resolve(backup.name());
        Path part = Path.of(target + BackupFile.PART);
        try {
            shelf().clearLeftovers();
            String digest = write(backup, part, listener);
            if (!Checksum.ofDisk(part).equals(digest)) {
                throw new BrokenBackup(folder + " does not give back what was written to it");
            }
            Checksum.write(target, digest);
            Disk.rename(part, target);
            return target.toString();
        } catch (BrokenBackup e) {
            throw e;
        } catch (IOException e) {
            requireThere();
            requireRoom(backup.bytes());
            throw notWritten(e);
        } finally {
            deleteIfThere(part);
        }
    }

    private static String write(BackupFile backup, Path part, BackupListener listener) throws IOException {
        Files.createFile(part, Disk.OWNER_ONLY);
        long[] done = {0};
        String digest;
        try (InputStream in = Files.newInputStream(backup.path());
                OutputStream out = Files.newOutputStream(part)) {
            digest = Hashed.copy(in, out, read -> {
                        done[0] += read;
                        listener.at(Stage.WRITE, done[0], backup.bytes());
                    })
                    .sha256();
        }
        // What has rotted here must not take the place of a good one there.
        Checksum.compare(backup.path(), digest);
        Disk.force(part);
        return digest;
    }

    /**
     * A stick that is full takes no copy any more, unless the oldest of ours go; the newest stays, and nothing of others is touched. Where
     * even that would not make room enough, all stay.
     */
    private void makeRoom(long bytes) throws IOException {
        if (own.isEmpty()) {
            return;
        }
        List<BackupFile> all = shelf().all();
        List<BackupFile> old = all.subList(Math.min(1, all.size()), all.size());
        long missing = bytes + SPARE - Files.getFileStore(folder).getUsableSpace();
        if (old.stream().mapToLong(BackupFile::bytes).sum() < missing) {
            return;
        }
        for (int i = old.size() - 1; i >= 0 && Files.getFileStore(folder).getUsableSpace() < bytes + SPARE; i--) {
            shelf().remove(old.get(i));
        }
    }

    private Shelf shelf() {
        return new Shelf(folder);
    }

    private void requireThere() throws IOException {
        if (own.isEmpty() || Files.exists(folder.resolve(MARKER))) {
            return;
        }
        Path there = folder.toAbsolutePath();
        for (Path up = there.getParent(); up != null && !Files.isDirectory(there); up = up.getParent()) {
            there = up;
        }
        for (Path mine : own) {
            if (disk(there).equals(disk(mine))) {
                throw new PlaceAway(
                        "no disk is mounted at " + folder + "; mount it, or if that folder of this machine is meant: "
                                + "mkdir -p " + folder + " && touch " + folder.resolve(MARKER));
            }
        }
    }

    private void makeFolder() throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private IOException notWritten(IOException e) {
        return new IOException(folder + " cannot be written: " + why(e), e);
    }

    private static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "the user " + System.getProperty("user.name") + " may not write there; give it to that user";
        }
        String words = String.valueOf(e.getMessage());
        return words.contains("Read-only file system")
                ? "it can only be read; is the stick damaged, or is ReadWritePaths missing (sudo systemctl edit caravan)?"
                : words;
    }

    private static Object disk(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev");
    }

    private void requireRoom(long bytes) throws IOException {
        FileStore store = Files.getFileStore(folder);
        if (bytes > MOST_BYTES_OF_FAT && FAT.contains(store.type())) {
            throw new IOException(folder + " is on FAT, which holds no file of 4 GB or more, and the backup has "
                    + (bytes >> 20) + " MB; format it as exFAT or ext4");
        }
        long free = store.getUsableSpace();
        if (free < bytes + SPARE) {
            throw new IOException(folder + " has " + (free >> 20) + " MB left, and the backup needs "
                    + ((bytes >> 20) + 1) + " MB; delete something there");
        }
    }

    private static void deleteIfThere(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // It was taken away with what is on it; the next copy clears that up.
        }
    }
}

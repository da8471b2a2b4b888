package org.caravanhub.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that the hub or its launcher began and a kill has left. Only what they name so is taken: the folder is its owner's, who may keep
 * a {@code film.part} there. Links are not followed. The launcher's archive of loaded classes stays: a running hub has it open, so
 * that deleting it makes no room, and the next start would be slower.
 */
public final class Leftovers {
    /** What is written now is younger. */
    private static final Duration OLD = Duration.ofHours(1);

    private static final List<Kind> KINDS = List.of(
            new Kind("", "reserve.part"),
            new Kind("", "admin.token*.part"),
            new Kind("", "hs_err_pid*.log"), // what Java writes when it crashes itself
            new Kind("backups", "caravan-*.part"),
            new Kind("damaged", "caravan-*.part"),
            new Kind("cache", "*.classes.new"));

    /** What the database driver unpacks at each start, a megabyte, and takes away at an orderly end only. */
    private static final Kind UNPACKED = new Kind("", "sqlite-*-libsqlitejdbc.so*");

    private final Path data;

    /** @param folder below the data folder; empty for the data folder itself */
    private record Kind(String folder, String names) {}

    /** In this data folder. */
    public Leftovers(Path data) {
        this.data = data;
    }

    /** Deletes them, and answers how many. */
    public long clear() throws IOException {
        return delete(find());
    }

    /** Which there are. */
    public List<Path> find() throws IOException {
        List<Path> found = new ArrayList<>();
        Instant before = Instant.now().minus(OLD);
        for (Kind kind : KINDS) {
            Path folder = data.resolve(kind.folder());
            if (kind.folder().isEmpty() || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                found.addAll(find(folder, kind.names(), before));
            }
        }
        return found;
    }

    /** Before the driver is first used by the only hub that has the folder: what kills and power cuts have left of it. */
    public void clearUnpacked() throws IOException {
        delete(find(data, UNPACKED.names(), Instant.MAX));
    }

    private static List<Path> find(Path folder, String names, Instant before) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static long delete(List<Path> files) throws IOException {
        long gone = 0;
        for (Path file : files) {
            gone += Files.deleteIfExists(file) ? 1 : 0;
        }
        return gone;
    }
}

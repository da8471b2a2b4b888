package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which backups are. What has its final name there was opened and checked.
 *
 * @param folder need not be there
 */
public record Shelf(Path folder) {
    /** All, the newest first. */
    public List<BackupFile> all() throws IOException {
        List<BackupFile> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "caravan-*")) {
                files.forEach(file -> BackupFile.of(file).ifPresent(all::add));
            }
        }
        all.sort(Comparator.comparing(BackupFile::madeAt)
                .thenComparing(BackupFile::name)
                .reversed());
        return all;
    }

    /** The one that was made last. */
    public Optional<BackupFile> newest() throws IOException {
        return all().stream().findFirst();
    }

    /** The one that was made last until then. One of a time to come is of a wrong clock, and says nothing of how old backups are. */
    public Optional<BackupFile> newest(Instant now) throws IOException {
        return all().stream().filter(file -> !file.madeAt().isAfter(now)).findFirst();
    }

    /** The one of this name, with or without its ending. */
    public Optional<BackupFile> find(String name) throws IOException {
        return all().stream().filter(file -> file.isCalled(name)).findFirst();
    }

    /** Deletes what a kill has left. */
    void clearLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            each -> BackupFile.isLeftover(each.getFileName().toString()))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Takes one away, and its digest. */
    public void remove(BackupFile file) throws IOException {
        Files.deleteIfExists(file.path());
        Files.deleteIfExists(Checksum.beside(file.path()));
    }

    /** The digest that lies beside one: 64 hexadecimal digits; nothing if there is none. */
    public Optional<String> digest(BackupFile file) {
        return Checksum.of(file);
    }

    /** Deletes what may go, and answers what went. */
    public List<BackupFile> prune(Retention retention, Instant now, ZoneId zone) throws IOException {
        List<BackupFile> gone = retention.gone(all(), now, zone);
        for (BackupFile file : gone) {
            remove(file);
        }
        return gone;
    }
}

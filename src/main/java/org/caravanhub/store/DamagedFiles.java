package org.caravanhub.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code damaged} beside the database: files that were put aside, each with its log, and a report with the same name.
 * Nothing is ever deleted from it by the hub.
 */
final class DamagedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedFiles.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'caravan-'yyyyMMdd'T'HHmmssSSS'Z.db'").withZone(ZoneOffset.UTC);
    /** The log goes first: a file without its log is completed later, a log without its file would be deleted by SQLite. */
    private static final List<String> PARTS = List.of("-wal", "-shm", "");

    private final Path database;
    private final Path folder;

    DamagedFiles(Path database) {
        this.database = database;
        this.folder = database.toAbsolutePath().resolveSibling("damaged");
    }

    /** Where a file that is found damaged at this moment is kept. */
    Path place(Instant foundAt) {
        return folder.resolve(NAME.format(foundAt));
    }

    /** Moves the database with its log out of the way. No connection of this process may have it open. */
    DamageReport putAside(Instant foundAt, String reason) throws IOException {
        Files.createDirectories(folder);
        Path aside = place(foundAt);
        move(aside);
        DamageReport report = DamageReport.begun(aside, foundAt, reason);
        save(report);
        return report;
    }

    /** Notes that a file is gone and nothing could be put aside: an empty file stands for it. */
    DamageReport noteGone(Instant foundAt, String reason) throws IOException {
        Files.createDirectories(folder);
        Path aside = place(foundAt);
        if (Files.notExists(aside)) {
            Files.createFile(aside);
        }
        DamageReport report = DamageReport.begun(aside, foundAt, reason);
        save(report);
        return report;
    }

    /** Moves the log of a file that is gone out of the way of the next one. */
    void putLogAside(Instant foundAt) throws IOException {
        Files.createDirectories(folder);
        for (String part : List.of("-wal", "-shm")) {
            Path from = Path.of(database + part);
            if (Files.exists(from)) {
                Files.move(from, Path.of(place(foundAt) + part + ".gone"), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Ends a move that a power cut has ended halfway. */
    void finishMove() throws IOException {
        for (Path log : files("-wal")) {
            Path aside = Path.of(log.toString().substring(0, log.toString().length() - "-wal".length()));
            if (Files.notExists(aside) && Files.exists(database)) {
                move(aside);
            }
        }
    }

    /** Every file that is kept here, the oldest first. */
    List<DamageReport> reports() {
        List<DamageReport> reports = new ArrayList<>();
        for (Path file : files(".db")) {
            try {
                Instant foundAt = NAME.parse(file.getFileName().toString(), Instant::from);
                Path report = reportOf(file);
                List<String> lines = Files.exists(report) ? Files.readAllLines(report) : List.of();
                reports.add(DamageReport.of(file, foundAt, lines));
            } catch (DateTimeParseException | IOException e) {
                LOG.debug("damaged={} \"is not ours\"", file);
            }
        }
        return reports;
    }

    /** Writes the report beside the file. */
    void save(DamageReport report) throws IOException {
        Path file = reportOf(report.file());
        Path part = Path.of(file + ".part");
        Files.write(part, report.lines());
        force(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    private void move(Path aside) throws IOException {
        for (String part : PARTS) {
            Path from = Path.of(database + part);
            if (Files.exists(from)) {
                Files.move(from, Path.of(aside + part), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        force(folder);
        force(folder.resolveSibling("."));
    }

    private List<Path> files(String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.warn("damaged={} reason=\"{}\" \"cannot be listed\"", folder, e.toString());
            return List.of();
        }
    }

    private static Path reportOf(Path file) {
        String name = file.toString();
        return Path.of(name.substring(0, name.length() - ".db".length()) + ".txt");
    }

    /** Waits until the disk has it: for a folder, the names in it. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

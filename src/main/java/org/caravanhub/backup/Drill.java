package org.caravanhub.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Brings a backup back in a place of its own, as on a new machine, and looks whether all is there. What came of the last one is kept in a
 * file, so that health tells it, with no hub at work too.
 */
public final class Drill {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path room;
    private final Path report;
    private final Function<Path, DatabaseCopies> databases;
    private final Clock clock;

    /**
     * In this place.
     *
     * @param room an own folder; it is gone afterwards
     * @param report the file that the result is kept in
     * @param databases of a data folder
     */
    public Drill(Path room, Path report, Function<Path, DatabaseCopies> databases, Clock clock) {
        this.room = room;
        this.report = report;
        this.databases = databases;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param at when
     * @param backup its name
     * @param trouble what is wrong; empty if all is well
     * @param files how many came back
     * @param readings how many
     */
    public record Result(Instant at, String backup, String trouble, int files, long readings) {
        /** Whether the backup can be relied on. */
        public boolean isWell() {
            return trouble.isEmpty();
        }
    }

    /**
     * Tries one, and keeps the result.
     *
     * @throws BrokenBackup if it does not open with this key; nothing is kept then
     * @throws IOException if there is no room to try it, or the result cannot be kept
     */
    public Result run(Path backup, Optional<String> recoveryKey, BackupListener listener) throws IOException {
        Path place = Disk.emptied(room);
        String name = backup.getFileName().toString();
        Result result;
        try {
            result = run(name, backup, recoveryKey, place, listener);
        } catch (BrokenBackup e) {
            if (e.isOfKey()) {
                throw e; // a slip of the pen says nothing of the backup
            }
            result = new Result(clock.instant(), name, String.valueOf(e.getMessage()), 0, 0);
        } finally {
            Disk.delete(place);
        }
        keep(result);
        return result;
    }

    private Result run(String name, Path backup, Optional<String> recoveryKey, Path place, BackupListener listener)
            throws IOException {
        Path data = Files.createDirectory(place.resolve("data"), Disk.FOLDER_OF_OWNER);
        DatabaseCopies there = databases.apply(data);
        Restore restore = new Restore(new Sources(data, place.resolve("routes"), List.of()), there);
        Manifest manifest = restore.prepare(backup, recoveryKey, listener);
        restore.begin(manifest);
        restore.finish();
        SortedMap<String, Long> rows = there.rowsNow();
        boolean isAll = rows.equals(manifest.database().rows());
        return new Result(
                clock.instant(),
                name,
                isAll ? "" : "its database has not the rows that were saved",
                manifest.files().size(),
                rows.getOrDefault("reading", 0L));
    }

    /** What came of the last one, if there was one. */
    public Optional<Result> last() {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(report));
            return Optional.of(new Result(
                    Instant.parse(json.path("at").asText()),
                    json.path("backup").asText(),
                    json.path("trouble").asText(),
                    json.path("files").asInt(),
                    json.path("readings").asLong()));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private void keep(Result result) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("at", result.at().toString())
                .put("backup", result.backup())
                .put("trouble", result.trouble())
                .put("files", result.files())
                .put("readings", result.readings());
        Files.createDirectories(report.toAbsolutePath().getParent());
        Path part = Path.of(report + BackupFile.PART);
        Files.write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        Disk.rename(part, report);
    }
}

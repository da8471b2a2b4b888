package org.caravanhub.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings each backup to the second place. One that is not there is nothing to worry about, unless that lasts; what came of the last try is
 * kept in a file, so that health tells it, with no hub at work too.
 */
public final class SecondCopies {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SecondPlace place;
    private final Retention retention;
    private final Path report;
    private final Duration patience;
    private final Clock clock;

    /**
     * To this place.
     *
     * @param report the file that the result is kept in
     * @param patience how long it may be away
     */
    public SecondCopies(SecondPlace place, Retention retention, Path report, Duration patience, Clock clock) {
        this.place = place;
        this.retention = retention;
        this.report = report;
        this.patience = patience;
        this.clock = clock;
    }

    /** What came of it. */
    public enum Kind {
        /** It is there. */
        COPIED,
        /** The place is away; it is tried with the next backup. */
        WAITS,
        /** It is there and does not take it, or has been away for too long. */
        FAILED
    }

    /**
     * What came of the last try.
     *
     * @param at when
     * @param kind of it
     * @param words where it is now, or why it is not
     * @param since since when there was no copy; when it was made, if it was
     */
    public record Result(Instant at, Kind kind, String words, Instant since) {}

    /** Where. */
    public SecondPlace place() {
        return place;
    }

    /** Brings one there, and lets old ones go. Nothing that goes wrong with it harms what is here. */
    public Result bring(BackupFile made, BackupListener listener) {
        // The hub by its clock and a person at the command line would each clear away what the other is writing.
        synchronized (SecondCopies.class) {
            Path lock = report.resolveSibling("second-place.lock");
            try {
                OwnFiles.folder(Objects.requireNonNull(report.toAbsolutePath().getParent()));
                try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.tryLock()) {
                    return held == null ? another(made) : bringAlone(made, listener);
                }
            } catch (IOException e) {
                return bringAlone(made, listener);
            }
        }
    }

    private Result another(BackupFile made) {
        Instant now = clock.instant();
        return new Result(now, Kind.WAITS, "another than " + made.name() + " is being copied there", now);
    }

    private Result bringAlone(BackupFile made, BackupListener listener) {
        Instant now = clock.instant();
        Instant since = last().map(Result::since).orElse(now);
        Result result;
        try {
            String copy = place.copy(made, listener);
            place.prune(retention, now, ZoneId.systemDefault());
            result = new Result(now, Kind.COPIED, copy, now);
        } catch (PlaceAway e) {
            boolean isLong = Duration.between(since, now).compareTo(patience) > 0;
            String how = isLong
                    ? "nothing was copied there for "
                            + Duration.between(since, now).toDays() + " days: "
                    : "";
            result = new Result(now, isLong ? Kind.FAILED : Kind.WAITS, how + e.getMessage(), since);
        } catch (IOException e) {
            result = new Result(now, Kind.FAILED, String.valueOf(e.getMessage()), since);
        }
        keep(result);
        return result;
    }

    /** What came of the last try, if there was one. */
    public Optional<Result> last() {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(report));
            if (!json.path("place").asText().equals(place.where())) {
                return Optional.empty();
            }
            return Optional.of(new Result(
                    Instant.parse(json.path("at").asText()),
                    Kind.valueOf(json.path("kind").asText()),
                    json.path("words").asText(),
                    Instant.parse(json.path("since").asText())));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void keep(Result result) {
        ObjectNode json = JSON.createObjectNode()
                .put("place", place.where())
                .put("at", result.at().toString())
                .put("kind", result.kind().name())
                .put("words", result.words())
                .put("since", result.since().toString());
        try {
            OwnFiles.write(
                    Objects.requireNonNull(report.toAbsolutePath().getParent()),
                    report.getFileName().toString(),
                    json.toPrettyString());
        } catch (IOException e) {
            // The copy is what matters; the next try keeps its result.
        }
    }
}

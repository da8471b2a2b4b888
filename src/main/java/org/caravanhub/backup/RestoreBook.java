package org.caravanhub.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the last restore of a running hub is noted, step by step: whoever starts after a power cut goes on with it. */
class RestoreBook {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    /** @param file in a folder that no restore replaces */
    RestoreBook(Path file) {
        this.file = file;
    }

    /** The last one; nothing if there was none, or nobody can read it. */
    Optional<RestoreReport> last() {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            Map<String, String> left = new TreeMap<>();
            json.path("left")
                    .properties()
                    .forEach(each -> left.put(each.getKey(), each.getValue().asText()));
            String ended = json.path("ended_at").asText();
            return Optional.of(new RestoreReport(
                    json.path("job").asText(),
                    json.path("who").asText(),
                    json.path("backup").asText(),
                    Instant.parse(json.path("at").asText()),
                    RestoreReport.State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
                    json.path("why").asText(),
                    json.path("saved").asText(),
                    json.path("undo").asText(),
                    json.path("starts").asInt(),
                    new RestoreReport.Changes(
                            json.path("tables").asInt(), json.path("files").asInt()),
                    left,
                    ended.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(ended))));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** It is on the disk when this returns. */
    void write(RestoreReport report) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("job", report.job())
                .put("who", report.who())
                .put("backup", report.backup())
                .put("at", report.at().toString())
                .put("state", report.state().word())
                .put("why", report.why())
                .put("saved", report.saved())
                .put("undo", report.undo())
                .put("starts", report.starts())
                .put("tables", report.changes().tables())
                .put("files", report.changes().files())
                .put("ended_at", report.endedAt().map(Instant::toString).orElse(""));
        ObjectNode left = json.putObject("left");
        report.left().forEach(left::put);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = Path.of(file + BackupFile.PART);
        Files.write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        Disk.rename(part, file);
    }
}

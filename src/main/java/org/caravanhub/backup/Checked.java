package org.caravanhub.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When each backup was read through last, and what was found. One that nobody has looked at since is as good as when it was made, which is
 * when it was opened and checked; one that came from elsewhere encrypted is not. Safe for use by many threads, and by two processes.
 */
public final class Checked {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    /** @param file in which it is noted */
    public Checked(Path file) {
        this.file = file;
    }

    /**
     * What was found.
     *
     * @param at when; empty if nobody has looked
     * @param trouble what is wrong; empty if nothing is
     */
    public record Verdict(Optional<Instant> at, String trouble) {
        /** Whether it was looked at and is whole. */
        public boolean isWhole() {
            return at.isPresent() && trouble.isEmpty();
        }
    }

    /** Of one backup. */
    public Verdict of(BackupFile backup) {
        return read().getOrDefault(key(backup), new Verdict(Optional.of(backup.madeAt()), ""));
    }

    /** It is whole. */
    public void well(BackupFile backup, Instant now) throws IOException {
        note(backup, new Verdict(Optional.of(now), ""));
    }

    /** It is not. */
    public void broken(BackupFile backup, String trouble, Instant now) throws IOException {
        note(backup, new Verdict(Optional.of(now), trouble));
    }

    /** Nobody could look into it yet. */
    public void unknown(BackupFile backup) throws IOException {
        note(backup, new Verdict(Optional.empty(), ""));
    }

    /** The newest that is known to be whole. */
    public Optional<BackupFile> newest(List<BackupFile> newestFirst) {
        Map<String, Verdict> verdicts = read();
        return newestFirst.stream()
                .filter(file -> verdicts.getOrDefault(key(file), new Verdict(Optional.of(file.madeAt()), ""))
                        .isWhole())
                .findFirst();
    }

    private synchronized void note(BackupFile backup, Verdict verdict) throws IOException {
        Map<String, Verdict> all = read();
        // One on a disk that is away may come back.
        all.keySet().removeIf(key -> {
            Path other = Path.of(key.substring(0, key.lastIndexOf(' ')));
            Path folder = other.getParent();
            return folder == null || Files.exists(folder) && Files.notExists(other);
        });
        all.put(key(backup), verdict);
        ObjectNode json = JSON.createObjectNode();
        all.forEach((name, each) -> json.putObject(name)
                .put("at", each.at().map(Instant::toString).orElse(""))
                .put("trouble", each.trouble()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = Path.of(file + BackupFile.PART);
        Files.write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        Disk.rename(part, file);
    }

    private Map<String, Verdict> read() {
        Map<String, Verdict> all = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> each :
                    JSON.readTree(Files.readAllBytes(file)).properties()) {
                String at = each.getValue().path("at").asText();
                all.put(
                        each.getKey(),
                        new Verdict(
                                at.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(at)),
                                each.getValue().path("trouble").asText()));
            }
        } catch (IOException | DateTimeException e) {
            return new TreeMap<>();
        }
        return all;
    }

    /** A file of another length is another file; so is its copy at the second place, which rots by itself. */
    private static String key(BackupFile backup) {
        return backup.path().toAbsolutePath().normalize() + " " + backup.bytes();
    }
}

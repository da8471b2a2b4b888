package org.caravanhub.power;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.caravanhub.flow.history.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says which profile the hub had, for its next start, and that the broker keeps one for devices. It is written when the profile
 * changes, and gone once the hub goes by no charge and the broker keeps none.
 */
public final class ProfileMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileMemory.class);

    private final Path file;

    /** What it says. */
    public record Remembered(String device, Profile profile, Instant since) {}

    /** In this data folder. */
    public ProfileMemory(Path data) {
        this.file = data.resolve("power-profile");
    }

    /** Whether the hub went by a charge when it ran last. */
    public boolean isThere() {
        return Files.exists(file);
    }

    /** What was noted; nothing if it cannot be read, which only means that the hub decides anew. */
    public Optional<Remembered> load() {
        try {
            List<String> lines = isThere() ? Files.readAllLines(file) : List.of();
            if (lines.size() < 3) {
                return Optional.empty();
            }
            return Arrays.stream(Profile.values())
                    .filter(profile -> profile.word().equals(lines.get(1)))
                    .findFirst()
                    .map(profile -> new Remembered(lines.get(0), profile, Instant.parse(lines.get(2))));
        } catch (IOException | DateTimeException e) {
            LOG.warn("power=not-remembered file={} reason=\"{}\"", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes how it is; if it cannot be written, only a restart forgets it. */
    public void save(PowerState state) {
        String text = String.join(
                "\n", state.device(), state.profile().word(), state.since().orElse(Instant.EPOCH) + "\n");
        try {
            WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("power=not-remembered file={} reason=\"{}\"", file, e.getMessage());
        }
    }

    /** There is nothing to remember any more. */
    public void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("power=not-forgotten file={} reason=\"{}\"", file, e.getMessage());
        }
    }
}

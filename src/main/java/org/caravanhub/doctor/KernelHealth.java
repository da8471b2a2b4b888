package org.caravanhub.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel's log tells. The hub may not read that, but {@code caravan doctor} may as root, and the timer caravan-health leaves what it
 * found in {@code health/doctor.json} in the data folder.
 */
public final class KernelHealth implements HealthCheck {
    private static final Duration OLD = Duration.ofHours(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Clock clock;
    private @Nullable FileTime readAt;
    private Optional<Found> found = Optional.empty();

    private record Found(Instant at, Health health) {}

    /** In this data folder. */
    public KernelHealth(Path data, Clock clock) {
        this.file = data.resolve("health").resolve("doctor.json");
        this.clock = clock;
    }

    @Override
    public String name() {
        return "kernel";
    }

    /** Not where nobody has looked. */
    @Override
    public boolean isThere() {
        return last().isPresent();
    }

    @Override
    public Health check() {
        return last().map(this::aged).orElseGet(() -> Health.ok("Nobody has told what the kernel's log says."));
    }

    private synchronized Optional<Found> last() {
        try {
            FileTime written = Files.getLastModifiedTime(file);
            if (!written.equals(readAt)) {
                found = read();
                readAt = written;
            }
        } catch (IOException e) {
            found = Optional.empty();
        }
        return found;
    }

    private Health aged(Found last) {
        Duration age = Duration.between(last.at(), clock.instant());
        Health health = last.health();
        if (age.compareTo(OLD) > 0) {
            return Health.ok("Nobody has told what the kernel's log says for " + age.toHours()
                    + " h: systemctl status caravan-health.timer.");
        }
        return new Health(
                health.state(),
                health.what() + " Looked at " + Math.max(0, age.toMinutes()) + " min ago.",
                health.why(),
                health.fix());
    }

    private Optional<Found> read() throws IOException {
        JsonNode report = JSON.readTree(file.toFile());
        for (JsonNode check : report.path("checks")) {
            if (check.path("name").asText().equals(name())
                    && !check.path("state").asText().equals("unknown")) {
                try {
                    // Never better than it was told.
                    Health.State state =
                            check.path("state").asText().equals("ok") ? Health.State.OK : Health.State.WARNING;
                    return Optional.of(new Found(
                            Instant.parse(report.path("at").asText()),
                            new Health(
                                    state,
                                    check.path("what").asText(),
                                    check.path("why").asText(),
                                    check.path("fix").asText())));
                } catch (DateTimeException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}

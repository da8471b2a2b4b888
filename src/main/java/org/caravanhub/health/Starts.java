package org.caravanhub.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the hub started and stopped, a line each in {@code health/starts} in the data folder. A start that follows a start followed a crash, a
 * kill or a power cut. A hub that comes back by itself each time looks well at each moment; only this shows that it is not.
 */
public final class Starts implements HealthCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);
    private static final int MOST_LINES = 200;
    private static final int KEPT_LINES = 100;
    private static final int MANY_IN_AN_HOUR = 3;
    private static final int MANY_IN_A_DAY = 5;

    private final Path file;
    private final Clock clock;

    /** In this data folder. */
    public Starts(Path data, Clock clock) {
        this.file = data.resolve("health").resolve("starts");
        this.clock = clock;
    }

    /** Notes that the hub has started. What cannot be written is no reason not to start. */
    public Starts note() {
        write("start");
        return this;
    }

    /** Notes that it stops as it was told to. */
    @Override
    public void close() {
        write("stop");
    }

    @Override
    public String name() {
        return "starts";
    }

    @Override
    public Health check() {
        Counted hour = count(Duration.ofHours(1));
        Counted day = count(Duration.ofDays(1));
        if (hour.crashes() < MANY_IN_AN_HOUR && day.crashes() < MANY_IN_A_DAY) {
            return Health.ok("Started " + times(day.starts()) + " in the last day"
                    + (day.crashes() == 0
                            ? "."
                            : ", " + day.crashes() + " of them without having been stopped before."));
        }
        Counted told = hour.crashes() >= MANY_IN_AN_HOUR ? hour : day;
        return Health.warning(
                "Started " + times(told.starts()) + " in the last " + (told == hour ? "hour" : "day") + ", "
                        + told.crashes() + " of them after a crash, a kill or a power cut.",
                "Nothing that was acknowledged is lost by that, but something ends the hub again and again.",
                "See what it said at its end: journalctl -u caravan -n 100");
    }

    private static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }

    /**
     * Starts within a span.
     *
     * @param starts all of them
     * @param crashes those that no stop came before
     */
    private record Counted(int starts, int crashes) {}

    private Counted count(Duration span) {
        Instant from = clock.instant().minus(span);
        int starts = 0;
        int crashes = 0;
        boolean isRunning = false;
        for (String line : lines()) {
            boolean isStart = line.endsWith(" start");
            if (isStart && isWithin(line, from)) {
                starts++;
                crashes += isRunning ? 1 : 0;
            }
            isRunning = isStart;
        }
        return new Counted(starts, crashes);
    }

    /** A clock that was wrong then has written what is not between then and now. */
    private boolean isWithin(String line, Instant from) {
        try {
            Instant at = Instant.parse(line.substring(0, line.indexOf(' ')));
            return !at.isBefore(from) && !at.isAfter(clock.instant());
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void write(String what) {
        String line = clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + what + "\n";
        try {
            if (Files.notExists(file.getParent())) {
                Files.createDirectory(
                        file.getParent(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            }
            List<String> before = lines();
            if (before.size() < MOST_LINES) {
                Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else {
                List<String> kept = new ArrayList<>(before.subList(before.size() - KEPT_LINES, before.size()));
                kept.add(line.strip());
                Files.write(file, kept);
            }
        } catch (IOException e) {
            LOG.debug("the start could not be noted", e);
        }
    }
}

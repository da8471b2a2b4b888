package org.caravanhub.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;

/**
 * How it is in one line, as the timer caravan-health writes it down: {@code OK hub=up broker=up disk_used=41% backup_age=7h}.
 *
 * @param hub how the hub is
 * @param broker {@code up}, {@code down}, or {@code embedded}
 * @param diskPercent how full the disk of the data folder is
 * @param backup when the newest was made
 * @param isNew whether the hub is too young to have one
 */
public record StateLine(
        HubSeen.State hub, String broker, OptionalInt diskPercent, Optional<Instant> backup, boolean isNew) {
    private static final String MOST_DISK = "HEALTH_DISK_PERCENT";
    private static final String OLDEST_BACKUP = "HEALTH_BACKUP_HOURS";

    /** How a broker elsewhere is, from the checks; {@code embedded} if there is none. */
    public static String broker(List<HealthReport.Line> lines, boolean isElsewhere) {
        boolean isDown = lines.stream()
                .anyMatch(line -> line.name().equals("broker") && line.health().state() == Health.State.PROBLEM);
        return isDown ? "down" : isElsewhere ? "up" : "embedded";
    }

    /** How old a hub's first backup may be. */
    public static Duration patience(Map<String, String> environment) {
        return Duration.ofHours(limit(environment, OLDEST_BACKUP, 50));
    }

    /**
     * The line.
     *
     * @param environment may say other limits
     */
    public String text(List<HealthReport.Line> lines, Map<String, String> environment, Instant now) {
        long hours = backup.map(at -> Math.max(0, Duration.between(at, now).toHours()))
                .orElse(0L);
        boolean isOld = backup.isPresent() ? hours > patience(environment).toHours() : !isNew;
        boolean isWell = hub == HubSeen.State.UP
                && !broker.equals("down")
                && diskPercent.orElse(0) <= limit(environment, MOST_DISK, 90)
                && !isOld
                && lines.stream().noneMatch(line -> line.health().state() == Health.State.PROBLEM);
        return (isWell ? "OK" : "FAIL") + " hub=" + hub.word() + " broker=" + broker + " disk_used="
                + (diskPercent.isPresent() ? diskPercent.getAsInt() + "%" : "?") + " backup_age="
                + (backup.isPresent() ? hours + "h" : "none");
    }

    private static long limit(Map<String, String> environment, String name, long usual) {
        String said = environment.getOrDefault(name, "");
        return said.matches("\\d{1,6}") ? Long.parseLong(said) : usual;
    }
}

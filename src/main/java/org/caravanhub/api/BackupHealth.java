package org.caravanhub.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.caravanhub.alert.Ending;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Drill;
import org.caravanhub.backup.Shelf;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** Whether what is here would be there again after the disk has died. */
public final class BackupHealth implements HealthCheck {
    private static final Duration OLD = Duration.ofHours(48);
    private static final String WHY = "What is lost with this disk is lost for good.";

    private final Shelf shelf;
    private final Drill drill;
    private final Path sinceWhen;
    private final Clock clock;

    /** @param sinceWhen a file that is as old as the hub */
    public BackupHealth(Shelf shelf, Drill drill, Path sinceWhen, Clock clock) {
        this.shelf = shelf;
        this.drill = drill;
        this.sinceWhen = sinceWhen;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public Health check() {
        try {
            Optional<BackupFile> newest = shelf.newest(clock.instant());
            Optional<Drill.Result> drilled = drill.last();
            if (drilled.isPresent() && !drilled.get().isWell()) {
                return Health.warning(
                        "The backup " + drilled.get().backup() + " could not be brought back: "
                                + drilled.get().trouble() + ".",
                        WHY,
                        "Make another and try it: `caravan backup now`, `caravan backup drill`.");
            }
            if (newest.isEmpty() && shelf.newest().isPresent()) {
                return Health.warning(
                        "The backups here are of a time to come, "
                                + shelf.newest().get().name() + ".",
                        "The clock was wrong then, or is now. " + WHY,
                        "See the check clock; then make one: `caravan backup now`.");
            }
            if (newest.isEmpty()) {
                return Files.exists(sinceWhen)
                                && isOld(
                                        age(Files.getLastModifiedTime(sinceWhen).toInstant()))
                        ? Health.warning("There is no backup.", WHY, "Make one: `caravan backup now`.")
                        : Health.ok("There is no backup yet; the first is made in the night.");
            }
            Duration age = age(newest.get().madeAt());
            String made = "The newest backup is " + Ending.spoken(age) + " old";
            return isOld(age)
                    ? Health.warning(
                            made + ".",
                            WHY,
                            "See why none was made: `caravan alert list`. Make one: `caravan backup now`.")
                    : Health.ok(made
                            + drilled.filter(Drill.Result::isWell)
                                    .map(well ->
                                            ", and one was brought back " + Ending.spoken(age(well.at())) + " ago.")
                                    .orElse("."));
        } catch (IOException e) {
            return Health.unknown("The folder of backups cannot be read.", String.valueOf(e.getMessage()));
        }
    }

    private Duration age(java.time.Instant moment) {
        Duration age = Duration.between(moment, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static boolean isOld(Duration age) {
        return age.compareTo(OLD) > 0;
    }
}

package org.caravanhub.disk;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;

/** Whether there is room for what is to come. */
public final class DiskHealth implements HealthCheck, MetricSource {
    private static final int NEARLY = 85;
    private static final int FULL = 97;

    private final Supplier<DiskState> disk;

    /** A check of what a watch saw. */
    public DiskHealth(Supplier<DiskState> disk) {
        this.disk = disk;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Health check() {
        DiskState now = disk.get();
        if (now.totalBytes() == 0) {
            return Health.unknown("The disk was not looked at yet.", "The hub has just started.");
        }
        String full = "The disk is " + now.percent() + " % full; " + now.freeBytes() / (1024 * 1024) + " MB are free.";
        if (now.percent() < NEARLY) {
            return Health.ok(full);
        }
        String given = now.shed().isEmpty()
                ? "Nothing was given up yet."
                : "Given up: "
                        + now.shed().entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(Collectors.joining(", "))
                        + ".";
        String why = now.percent() < FULL
                ? "At 97 % the oldest readings go; when it is full nothing is acknowledged, and messages wait in the broker."
                : "The oldest readings go to make room; when it is full nothing is acknowledged, and messages wait in the broker.";
        return Health.warning(
                full + " " + given, why, "Delete what is not needed, or move the data folder to a larger disk.");
    }

    @Override
    public void expose(Exposition exposition) {
        DiskState now = disk.get();
        exposition.gauge("caravan_disk_free_bytes", "Room on the disk of the data folder.", now.freeBytes());
        exposition.gauge("caravan_disk_total_bytes", "Size of the disk of the data folder.", now.totalBytes());
    }
}

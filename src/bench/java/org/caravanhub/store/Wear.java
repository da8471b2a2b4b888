package org.caravanhub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/**
 * How many bytes a block device writes for a message: ten devices, two messages a second, and a commit each so many seconds. What the
 * file system writes for itself is part of it. Started by {@code src/bench/wear}, which makes the device.
 *
 * <p>Arguments: a folder on the device, its name below {@code /sys/block}, seconds to measure, milliseconds between commits.
 */
public final class Wear {
    private static final int DEVICES = 10;
    private static final int LOG_FULL = 60_000;
    private static final long SECTOR = 512;
    private static final long PAUSE_NANOS = 500_000_000;

    private Wear() {}

    /** Prints one line of the table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        Path device = Path.of("/sys/block", args[1], "stat");
        int messages = Integer.parseInt(args[2]) * 2;
        Duration interval = Duration.ofMillis(Long.parseLong(args[3]));
        CommitPolicy policy = CommitPolicy.DEFAULT.every(interval);
        try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("caravan.db"));
                GroupCommit writer = new GroupCommit(database, policy, Clock.systemUTC())) {
            fillLog(writer);
            send(writer, 60);
            flush();
            long commits = writer.state().commits();
            long sectors = sectorsWritten(device);
            send(writer, messages);
            flush();
            double bytes = (sectorsWritten(device) - sectors) * (double) SECTOR;
            long made = writer.state().commits() - commits;
            System.out.printf(
                    Locale.ROOT,
                    "| %.1f | %d | %.1f | %.0f | %.1f |%n",
                    interval.toMillis() / 1000.0,
                    made,
                    messages / (double) made,
                    bytes / messages,
                    bytes / made / 1024);
        }
    }

    /** From its first folding on the log is written over and over in the same place, and the file system has less to note. */
    private static void fillLog(GroupCommit writer) throws InterruptedException {
        for (int i = 0; i < LOG_FULL; i++) {
            writer.submit(new Delivery("wear", "keep", List.of(reading(i)), 0, false, Delivery.Answer.NONE));
        }
        while (writer.state().waiting() > 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void send(GroupCommit writer, int messages) throws InterruptedException {
        long due = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            due += PAUSE_NANOS;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            writer.submit(new Delivery("wear", "keep", List.of(reading(i)), 0, false, Delivery.Answer.NONE));
        }
    }

    private static Reading reading(int i) {
        String json = String.format(
                Locale.ROOT,
                "{\"temperature_c\":%.2f,\"humidity_pct\":%.1f,\"pressure_hpa\":%.2f,\"battery_v\":%.3f,\"rssi_dbm\":%d}",
                20 + i % 97 / 10.0,
                40 + i % 31 / 3.0,
                1000 + i % 53 / 7.0,
                12.6 + i % 17 / 100.0,
                -60 - i % 23);
        Instant now = Instant.now();
        return new Reading(
                Source.of("device-" + i % DEVICES, "caravan"),
                now,
                now,
                Metrics.ofChecked(json.getBytes(StandardCharsets.UTF_8)),
                0);
    }

    private static void flush() throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
    }

    private static long sectorsWritten(Path device) throws IOException {
        return Long.parseLong(Files.readString(device).strip().split("\\s+")[6]);
    }
}

package org.caravanhub.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/**
 * A process that stores readings number by number, and prints {@code ACK n} when the n-th is safe; it goes on until it is killed.
 * Arguments: the database, the first number, and whether the log is folded into the database all the time.
 */
public final class CountingWriter {
    /** When reading 0 was measured; each further one a second later. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int UNDER_WAY = 40;

    private CountingWriter() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Semaphore room = new Semaphore(UNDER_WAY);
        SqliteDatabase database = SqliteDatabase.open(file);
        GroupCommit writer = new GroupCommit(database, CommitPolicy.DEFAULT.every(Duration.ZERO), Clock.systemUTC());
        if (Boolean.parseBoolean(args[2])) {
            Thread folding = new Thread(() -> foldForEver(file), "folding");
            folding.setDaemon(true);
            folding.start();
        }
        for (long n = Long.parseLong(args[1]); ; n++) {
            room.acquire();
            writer.submit(new Delivery("count", "keep", List.of(reading(n)), 0, false, acknowledge(n, room)));
        }
    }

    private static Delivery.Answer acknowledge(long n, Semaphore room) {
        return new Delivery.Answer() {
            @Override
            public void stored(Receipt receipt) {
                System.out.println("ACK " + n + " " + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
                room.release();
            }

            @Override
            public void refused(StoreBusy reason) {
                room.release();
            }
        };
    }

    private static Reading reading(long n) {
        byte[] metrics = ("{\"n\":" + n + ",\"temperature_c\":21.4}").getBytes(StandardCharsets.UTF_8);
        Instant at = START.plusSeconds(n);
        return new Reading(Source.of("counter-" + n % 7, "caravan"), at, at, Metrics.ofChecked(metrics), 0);
    }

    private static void foldForEver(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute("pragma wal_checkpoint(truncate)");
            }
        } catch (SQLException e) {
            System.err.println("folding ended: " + e.getMessage());
        }
    }
}

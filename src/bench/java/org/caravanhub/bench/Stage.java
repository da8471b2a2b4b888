package org.caravanhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.caravanhub.broker.TestMosquitto;

/** What every measurement begins with: a broker, an empty database, a contender that listens. */
final class Stage {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private Stage() {}

    /** A broker of its own that keeps as much as it is given and says who subscribes. */
    static TestMosquitto broker() {
        return TestMosquitto.open()
                .with("max_inflight_messages 1000", "log_type error", "log_type warning", "log_type subscribe")
                .start();
    }

    /** Empties the contender's directory and makes its database, if it does not do that itself. */
    static void set(Contender contender) throws Exception {
        Path run = contender.database().getParent();
        if (Files.exists(run)) {
            try (Stream<Path> files = Files.walk(run)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(run);
        if (!contender.schema().isEmpty()) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + contender.database());
                    var statement = connection.createStatement()) {
                statement.executeUpdate(contender.schema());
            }
        }
    }

    /** Waits until the broker has taken a subscription to telemetry. */
    static void awaitSubscription(TestMosquitto broker, Running running) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.readString(broker.log()).contains("+/+/+/data")) {
            running.checkAlive();
            if (System.nanoTime() > deadline) {
                throw new IOException("no subscription within a minute, see " + broker.log());
            }
            LockSupport.parkNanos(10_000_000);
        }
        // The broker answers the subscription and saves it after it has written the line.
        LockSupport.parkNanos(500_000_000);
    }
}

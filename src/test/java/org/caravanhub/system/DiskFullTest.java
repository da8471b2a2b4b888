package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's file fills the disk of the data folder at 100 messages a second, and is deleted again. Root and loop devices. */
@Tag("endurance")
class DiskFullTest {
    private static final int MEGABYTES = 120;
    private static final Duration FULL = Duration.ofSeconds(Integer.getInteger("caravan.full", 30));
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GOING_AGAIN = Duration.ofSeconds(10);

    @TempDir
    Path work;

    @Test
    void aFullDiskLosesNothingAndIsForgottenTenSecondsAfterItIsFreed() throws Exception {
        fill("full", 0, false);
    }

    @Test
    void aDiskWithOneMegabyteLeftLosesNothing() throws Exception {
        fill("one-megabyte", 1 << 20, false);
    }

    @Test
    void aDiskThatFillsWhileTheLogIsFoldedLosesNothing() throws Exception {
        fill("folded", 0, true);
    }

    private void fill(String name, long leftBytes, boolean folding) throws Exception {
        PublisherLog published = new PublisherLog();
        AtomicBoolean isOver = new AtomicBoolean();
        try (LoopMount disk = new LoopMount(work, name, MEGABYTES);
                TestMosquitto broker = TestMosquitto.open().start()) {
            Path data = disk.folder().resolve("data");
            HubDatabase database = new HubDatabase(data);
            HubProcess hub = HubProcess.start(data, work.resolve(name + ".log"), broker);
            CompletableFuture<Void> folder = CompletableFuture.completedFuture(null);
            try {
                Load load = Load.start(
                        Load.Plan.of(broker.port(), 1_000_000).perSecond(100).malformedPerThousand(10), published);
                Await.until("readings are stored", PATIENCE, () -> database.stored() > 500);
                if (folding) {
                    folder = CompletableFuture.runAsync(() -> fold(data.resolve("caravan.db"), isOver));
                }
                long stored;
                try (FullDisk full = new FullDisk(disk.folder(), leftBytes)) {
                    Await.until("the disk is full", PATIENCE, full::isFull);
                    int lines = hub.lines();
                    Fault.lasts(FULL);
                    assertThat(hub.isAlive()).as("alive, see %s", hub.output()).isTrue();
                    assertThat(hub.lines() - lines)
                            .as("lines in the log, see %s", hub.output())
                            .isLessThan((int) FULL.toSeconds());
                    assertThat(hub.checks(data)).contains("% full");
                    if (leftBytes == 0) {
                        assertThat(hub.checks(data)).contains("Nothing can be stored for");
                    }
                    stored = database.stored();
                }
                long freed = System.nanoTime();
                Await.until("a new row, see " + hub.output(), PATIENCE, () -> database.stored() > stored);
                Duration again = Duration.ofNanos(System.nanoTime() - freed);
                System.out.println(name + ": going again after " + again.toMillis() + " ms");
                load.stop();
                load.await();
                Conservation.awaitAll(published, database, PATIENCE);
                assertThat(again).as("until the first new row").isLessThan(GOING_AGAIN);
                Await.until("GET /health: " + hub.checks(data), PATIENCE, () -> !hub.checks(data)
                        .contains("Nothing can be"));
            } finally {
                isOver.set(true);
                folder.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                hub.stop();
            }
            Conservation.holds(published, database);
            System.out.println(name + ": " + published.goodCount() + " readings, 0 lost");
        }
    }

    /** As another program does that keeps the log short; its own failures do not matter. */
    private static void fold(Path file, AtomicBoolean isOver) {
        while (!isOver.get()) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("pragma wal_checkpoint(truncate)");
            } catch (SQLException e) {
                Fault.lasts(Duration.ofMillis(10));
            }
        }
    }
}

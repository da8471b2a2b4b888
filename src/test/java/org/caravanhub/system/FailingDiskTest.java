package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that refuses what it is given: waits for it fail, or its file system can only be read. Root, strace, loop devices. */
@Tag("endurance")
class FailingDiskTest {
    private static final int FAULTS = Integer.getInteger("caravan.faults", 8);
    private static final Duration LASTING = Duration.ofSeconds(5);
    private static final Duration READ_ONLY = Duration.ofSeconds(Integer.getInteger("caravan.full", 30));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GOING_AGAIN = Duration.ofSeconds(20);

    @TempDir
    Path work;

    @Test
    void whatCouldNotBeMadeSureOfIsNotAcknowledged() throws Exception {
        Path data = work.resolve("data");
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (TestMosquitto broker = TestMosquitto.open().start();
                HubProcess hub = HubProcess.start(data, work.resolve("sync.log"), broker)) {
            Load load = Load.start(Load.Plan.of(broker.port(), 1_000_000).perSecond(200), published);
            awaitMore(database, hub);
            int lines = hub.lines();
            for (int fault = 0; fault < FAULTS; fault++) {
                // All of them, each second, each third.
                try (AutoCloseable failing = Fault.failingSync(hub.pid(), 1 + fault % 3)) {
                    assertThat(failing).isNotNull();
                    Fault.lasts(LASTING);
                }
                awaitMore(database, hub);
            }
            assertThat(hub.isAlive()).as("alive, see %s", hub.output()).isTrue();
            assertThat(hub.lines() - lines)
                    .as("lines in the log, see %s", hub.output())
                    .isLessThan((int) LASTING.multipliedBy(FAULTS).toSeconds());
            load.stop();
            load.await();
            Conservation.awaitAll(published, database, PATIENCE);
            System.out.println(
                    "failing syncs: " + published.goodCount() + " readings, " + (hub.lines() - lines) + " lines");
            hub.stop();
            Conservation.holds(published, database);
        }
    }

    @Test
    void aFileSystemThatCanOnlyBeReadLosesNothingAndMakesNoNoise() throws Exception {
        PublisherLog published = new PublisherLog();
        try (LoopMount disk = new LoopMount(work, "read-only", 120);
                TestMosquitto broker = TestMosquitto.open().start()) {
            Path data = disk.folder().resolve("data");
            Path output = work.resolve("read-only.log");
            HubDatabase database = new HubDatabase(data);
            HubProcess hub = HubProcess.start(data, output, broker);
            try {
                Load load = Load.start(Load.Plan.of(broker.port(), 1_000_000).perSecond(100), published);
                awaitMore(database, hub);
                int lines = hub.lines();
                disk.findError();
                Fault.lasts(READ_ONLY);
                assertThat(hub.isAlive()).as("alive, see %s", output).isTrue();
                assertThat(hub.lines() - lines)
                        .as("lines in the log, see %s", output)
                        .isLessThan((int) READ_ONLY.toSeconds());
                assertThat(hub.checks(data)).contains("Nothing can be stored for");
                hub.kill();
                disk.unmount();
                disk.mount();
                long stored = database.stored();
                long mounted = System.nanoTime();
                hub = HubProcess.start(data, output, broker);
                Await.until("a new row, see " + output, PATIENCE, () -> database.stored() > stored);
                Duration again = Duration.ofNanos(System.nanoTime() - mounted);
                System.out.println("read-only: going again after " + again.toMillis() + " ms");
                load.stop();
                load.await();
                Conservation.awaitAll(published, database, PATIENCE);
                assertThat(again).isLessThan(GOING_AGAIN);
            } finally {
                hub.stop();
            }
            Conservation.holds(published, database);
        }
    }

    private static void awaitMore(HubDatabase database, HubProcess hub) {
        long enough = database.stored() + 500;
        Await.until("500 more readings, see " + hub.output(), PATIENCE, () -> database.stored() >= enough);
    }
}

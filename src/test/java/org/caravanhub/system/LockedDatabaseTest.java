package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds the database. The broker is the buffer then; nothing is acknowledged that is not committed. */
class LockedDatabaseTest {
    private static final int PER_SECOND = 500;
    private static final long MOST_BYTES = 400L * 1024 * 1024;
    private static final Duration CATCH_UP = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @Test
    void aLockedDatabaseStopsAcknowledgementAndNotTheHub() throws Exception {
        lockFor(Duration.ofSeconds(5), false);
    }

    @Test
    void aHubThatIsKilledWhileTheDatabaseIsLockedHasPromisedNothing() throws Exception {
        lockFor(Duration.ofSeconds(3), true);
    }

    @Test
    @Tag("endurance")
    void aDatabaseThatIsLockedForAMinuteIsCaughtUpWithWithinAMinute() throws Exception {
        lockFor(Duration.ofSeconds(60), false);
    }

    private void lockFor(Duration duration, boolean kill) throws Exception {
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            HubProcess hub = HubProcess.start(data, broker);
            try {
                Load load = Load.start(
                        Load.Plan.of(broker.port(), 1_000_000)
                                .perSecond(PER_SECOND)
                                .malformedPerThousand(10),
                        published);
                Await.until("readings are stored", CATCH_UP, () -> database.stored() > PER_SECOND);
                try (Connection lock = database.lock()) {
                    assertThat(lock.isClosed()).isFalse();
                    long stored = database.stored();
                    Fault.lasts(duration);
                    assertThat(database.stored()).as("stored while locked").isEqualTo(stored);
                    assertThat(hub.isAlive()).as("alive, see %s", hub.output()).isTrue();
                    assertThat(hub.residentBytes()).as("bytes of memory").isLessThan(MOST_BYTES);
                    if (kill) {
                        hub.kill();
                    }
                }
                if (kill) {
                    hub = HubProcess.start(data, broker);
                }
                load.stop();
                load.await();
                Conservation.awaitAll(published, database, CATCH_UP);
            } finally {
                hub.stop();
            }
        }
        Conservation.holds(published, database);
    }
}

package org.caravanhub.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 under 500 messages a second, some of them malformed. */
class KilledHubTest {
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @TempDir
    Path data;

    @Test
    void aHubThatIsKilledLosesNothingThatWasAcknowledged() throws Exception {
        killUnderLoad(2);
    }

    @Test
    @Tag("endurance")
    void aHubThatIsKilledTwentyTimesLosesNothingThatWasAcknowledged() throws Exception {
        killUnderLoad(20);
    }

    private void killUnderLoad(int times) throws Exception {
        Random random = new Random(times);
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (TestMosquitto broker =
                TestMosquitto.open().with("max_inflight_messages 1000").start()) {
            HubProcess hub = HubProcess.start(data, broker);
            try {
                Load load = Load.start(
                        Load.Plan.of(broker.port(), 1_000_000).perSecond(500).malformedPerThousand(20), published);
                for (int kill = 0; kill < times; kill++) {
                    awaitMore(database, 200 + random.nextInt(1500));
                    hub.kill();
                    hub = HubProcess.start(data, broker);
                }
                awaitMore(database, 500);
                load.stop();
                load.await();
                Conservation.awaitAll(published, database, RECOVERY);
            } finally {
                hub.close();
            }
        }
        Conservation.holds(published, database);
    }

    private static void awaitMore(HubDatabase database, int readings) {
        long enough = database.stored() + readings;
        Await.until(readings + " more readings are stored", RECOVERY, () -> database.stored() >= enough);
    }
}

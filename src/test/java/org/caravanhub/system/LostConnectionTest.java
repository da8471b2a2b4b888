package org.caravanhub.system;

import java.nio.file.Files;
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

/** The broker goes away, or the network cuts the connection, and a backlog waits when the hub comes back. */
class LostConnectionTest {
    private static final Duration RECONNECT = Duration.ofSeconds(20);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    @TempDir
    Path data;

    @Test
    void aBacklogIsDrainedAfterAReconnect() throws Exception {
        loseConnection(2, Duration.ofSeconds(1));
    }

    @Test
    @Tag("endurance")
    void fiftyBacklogsAreDrainedAfterFiftyReconnects() throws Exception {
        loseConnection(50, Duration.ofSeconds(12));
    }

    private void loseConnection(int rounds, Duration brokerDown) throws Exception {
        Random random = new Random(rounds);
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (TestMosquitto broker = TestMosquitto.open().start();
                HubProcess hub = HubProcess.start(data, broker)) {
            long sequence = 0;
            for (int round = 0; round < rounds; round++) {
                long connectedBefore = connections(broker);
                if (round % 2 == 0) {
                    Fault.cutConnectionsTo(broker.port());
                } else {
                    broker.stop();
                    Fault.lasts(brokerDown);
                    broker.start();
                }
                // 10 to 5,000 messages, each order of magnitude as likely as the others.
                int backlog = (int) Math.pow(10, 1 + random.nextDouble() * 2.7);
                Load.Plan plan = Load.Plan.of(broker.port(), backlog).from(sequence);
                sequence = plan.nextSequence();
                Load.run(plan, published);
                Await.until(
                        "the hub is back after fault " + round + ", see " + hub.output(),
                        RECONNECT,
                        () -> connections(broker) > connectedBefore);
                Conservation.awaitAll(published, database, DRAIN);
            }
        }
        Conservation.holds(published, database);
    }

    /** How often a hub has connected, by the broker's log. */
    private static long connections(TestMosquitto broker) {
        try {
            return Files.readString(broker.log())
                    .lines()
                    .filter(line -> line.contains("New client connected") && !line.contains(" as load-"))
                    .count();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package org.caravanhub.system;

import java.nio.file.Path;
import java.time.Duration;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages arrive before the hub is quite there, on one slow CPU: none may be withheld until the next start. */
class BacklogAtStartTest {
    private static final int BACKLOG = 500;
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    @TempDir
    Path data;

    @Test
    void whatWaitsInTheBrokerIsDeliveredAtStart() throws Exception {
        startWithBacklog(1);
    }

    @Test
    @Tag("endurance")
    void whatWaitsInTheBrokerIsDeliveredAtEachOfThirtyStarts() throws Exception {
        startWithBacklog(30);
    }

    private void startWithBacklog(int rounds) throws Exception {
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            try (HubProcess hub = HubProcess.start(data, broker)) {
                hub.stop();
            }
            long sequence = 0;
            for (int round = 0; round < rounds; round++) {
                Load.Plan plan = Load.Plan.of(broker.port(), BACKLOG).from(sequence);
                sequence = plan.nextSequence();
                Load.run(plan, published);
                try (HubProcess hub = HubProcess.launch(data, broker, "taskset", "-c", "0")) {
                    hub.awaitReady();
                    Conservation.awaitAll(published, database, DELIVERY);
                    hub.stop();
                }
            }
        }
        Conservation.holdsExactly(published, database);
    }
}

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

/** What a hub with the settings that it comes with writes to its card, at two messages a second. Root and loop devices. */
@Tag("endurance")
class WearTest {
    private static final int MESSAGES = 600;
    private static final long MOST_BYTES_A_MESSAGE = 1536;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path work;

    @Test
    void twoMessagesASecondCostAtMostOneAndAHalfKilobyteEach() throws Exception {
        PublisherLog published = new PublisherLog();
        try (LoopMount card = new LoopMount(work, "card", 256);
                TestMosquitto broker = TestMosquitto.open().start()) {
            Path data = card.folder();
            HubDatabase database = new HubDatabase(data);
            HubProcess hub = HubProcess.start(data, broker);
            try {
                // A log that has been full once is written over from then on, and the burst of commits is used up.
                Load.Plan first = Load.Plan.of(broker.port(), 60_000).devices(10);
                Load.start(first, published).await();
                Conservation.awaitAll(published, database, PATIENCE);
                Load.Plan slow =
                        Load.Plan.of(broker.port(), 60).devices(10).perSecond(2).from(first.nextSequence());
                Load.start(slow, published).await();
                Conservation.awaitAll(published, database, PATIENCE);

                long before = card.bytesWritten();
                Load.Plan measured = Load.Plan.of(broker.port(), MESSAGES)
                        .devices(10)
                        .perSecond(2)
                        .from(slow.nextSequence());
                Load.start(measured, published).await();
                Await.until("all of it is stored", PATIENCE, () -> database.stored() >= published.goodCount());
                long bytes = (card.bytesWritten() - before) / MESSAGES;
                System.out.println("bytes a message: " + bytes);
                assertThat(bytes).as("bytes a message").isLessThanOrEqualTo(MOST_BYTES_A_MESSAGE);
            } finally {
                hub.close();
            }
        }
    }
}

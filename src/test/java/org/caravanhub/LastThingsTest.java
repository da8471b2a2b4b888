package org.caravanhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station that is as good as empty, and a reading that would have waited an hour for others. */
class LastThingsTest {
    private static final CommitPolicy HOURLY =
            new CommitPolicy(2000, 1, Duration.ofHours(1), 50, 10_000, 32L * 1024 * 1024);

    @TempDir
    Path folder;

    @Test
    void whatWaitsIsCommittedAndFoldedIntoTheDatabase() throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(folder.resolve("caravan.db"));
                GroupCommit writer = new GroupCommit(database, HOURLY, Clock.systemUTC());
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addComponent("store", new StoreComponent(writer, new HttpIngestDecoder()::decodeOne));
            camel.start();
            keep(camel, 1).get(20, TimeUnit.SECONDS);
            CompletableFuture<Object> waits = keep(camel, 2);
            Await.until("it waits", Duration.ofSeconds(20), () -> writer.state().waiting() == 1);

            LastThings.bringToSafety(database, writer, Optional.empty(), Optional.empty());

            waits.get(20, TimeUnit.SECONDS);
            assertThat(writer.state().outcomes()).isEqualTo(2);
            assertThat(database.walBytes()).isZero();
        }
    }

    private static CompletableFuture<Object> keep(DefaultCamelContext camel, int second) {
        Instant at = Instant.parse("2026-06-01T12:00:00Z").plusSeconds(second);
        Outcome reading = new Reading(
                Source.of("hut", "caravan"),
                at,
                at,
                Metrics.ofChecked("{\"n\":1}".getBytes(StandardCharsets.UTF_8)),
                0);
        return camel.createProducerTemplate().asyncSendBody("store:reading", List.of(reading));
    }
}

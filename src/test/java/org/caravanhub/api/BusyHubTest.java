package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BusyHubTest {
    @TempDir
    Path folder;

    /** Thirty devices knock while another program holds the database: they are told to come again, and reading goes on meanwhile. */
    @Test
    void aLockedDatabaseKeepsNobodyWaitingForEver() throws Exception {
        try (TestHub hub = new TestHub(folder);
                Connection stranger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("caravan.db"));
                Statement lock = stranger.createStatement()) {
            lock.execute("begin immediate");
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                HttpRequest request = hub.asked("/api/v1/ingest?device=d" + i)
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"))
                        .build();
                answers.add(hub.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
            }
            assertThat(hub.get("/health").statusCode()).isEqualTo(200);
            assertThat(hub.get("/api/v1/devices").statusCode()).isEqualTo(200);

            HttpResponse<String> refused =
                    (HttpResponse<String>) CompletableFuture.anyOf(answers.toArray(new CompletableFuture<?>[0]))
                            .get(30, TimeUnit.SECONDS);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"store_busy\"");
            assertThat(refused.headers().firstValue("retry-after")).isPresent();

            lock.execute("rollback");
            long stored = 0;
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                stored += answer.get(60, TimeUnit.SECONDS).statusCode() == 200 ? 1 : 0;
            }
            assertThat(stored).as("of those that waited behind").isPositive();
            assertThat(hub.get("/api/v1/ledger").body())
                    .startsWith("{\"received\":" + stored + ",\"stored\":" + stored);
        }
    }

    @Test
    void aQueryThatTakesTooLongIsStoppedAndTheNextOneWorks() throws Exception {
        try (TestHub hub = new TestHub(folder, 30_000, Duration.ofMillis(15))) {
            Instant start = Instant.parse("2026-06-01T00:00:00Z");
            Outcome[] readings = new Outcome[40_000];
            for (int i = 0; i < readings.length; i++) {
                byte[] json = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
                Instant at = start.plusMillis(200L * i);
                readings[i] = new Reading(Source.of("van", "caravan"), at, at, Metrics.ofChecked(json), 0);
            }
            hub.keep(readings);
            String series = "/api/v1/series?device=van&metric=n&from=2026-06-01T00:00:00Z&to=";

            HttpResponse<String> all = hub.get(series + "2026-06-02T00:00:00Z");
            assertThat(all.statusCode()).isEqualTo(503);
            assertThat(all.body()).contains("query_too_slow", "Ask for a shorter time");
            assertThat(hub.get(series + "2026-06-01T00:00:10Z").body()).contains("\"avg\":[");
        }
    }
}

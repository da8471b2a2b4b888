package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same tables in the other database's words. */
@Timeout(90)
class CommandOnPostgresTest {
    @TempDir
    Path folder;

    @Test
    void aCommandGoesAndIsAnsweredAndAConfigurationIsPublished() throws Exception {
        SetTime time = new SetTime(Instant.parse("2026-12-01T12:00:00Z"));
        try (TestPostgres postgres = TestPostgres.fresh();
                TestMosquitto broker = TestMosquitto.open().start();
                CommandHub hub = new CommandHub(
                                folder,
                                broker.url(),
                                time,
                                PostgresDatabase.open(
                                        PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty())))
                        .subscribed();
                SimulatedDevice hut =
                        SimulatedDevice.caravan("hut", broker.url()).wake()) {
            hub.known("hut", "caravan", "", "", "");
            hub.online("hut");
            JsonNode sent = hub.send("hut", "{\"name\":\"blink\"}", "k1");
            hub.await(sent, "done");
            assertThat(hub.send("hut", "{\"name\":\"blink\"}", "k1").get("id")).isEqualTo(sent.get("id"));
            hub.secrets.put("command-gw-01", "0123456789abcdef0123456789abcdef");
            hub.known("gw-01", "iot", "cottage", "", "");
            hub.online("gw-01");
            hub.await(hub.send("gw-01", "{\"name\":\"n\"}"), "sent");
            assertThat(hub.number("select last from command_sequence"))
                    .isEqualTo(time.wall.instant().getEpochSecond());
            hub.configure("patch-configuration", "hut", "", "{\"a\":1}");
            Await.until("it is published", CommandHub.PATIENCE, () -> hub.configuration("hut")
                    .get("published")
                    .asBoolean());
            hub.operations.removed("hut");
            Await.until(
                    "it is gone",
                    CommandHub.PATIENCE,
                    () -> hub.number("select count(*) from desired_configuration") == 0);
        }
    }
}

package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.device.Admitted;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;
import org.caravanhub.reading.CaravanTelemetryDecoder;
import org.caravanhub.reading.Families;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.caravanhub.store.SqliteDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what devices say that nobody has registered. */
final class UnknownDevicesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void whatIsHeldGoesInWithItsTimesWhenTheDeviceIsAdopted() throws Exception {
        try (TestHub hub =
                new TestHub(folder, SqliteDatabase.open(folder.resolve("caravan.db")), Admitted.Unknown.HOLD)) {
            heldUntilAdopted(hub);
        }
    }

    @Test
    void theSameWithPostgresql() throws Exception {
        try (TestPostgres postgres = TestPostgres.fresh();
                TestHub hub = new TestHub(
                        folder,
                        PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty())),
                        Admitted.Unknown.HOLD)) {
            heldUntilAdopted(hub);
        }
    }

    private static void heldUntilAdopted(TestHub hub) throws Exception {
        register(hub, "friend");
        String buffered = "[{\"time\":\"2026-06-01T12:00:00Z\",\"metrics\":{\"temperature_c\":4}},"
                + "{\"time\":\"2026-06-01T12:01:00Z\",\"metrics\":{\"temperature_c\":5}}]";

        HttpResponse<String> held = ingest(hub, "stranger", buffered);
        assertThat(held.statusCode()).as(held.body()).isEqualTo(202);
        assertThat(ingest(hub, "friend", "{\"temperature_c\":20}").statusCode()).isEqualTo(200);
        assertThat(ingest(hub, "stranger", "{oops").statusCode())
                .as("what is no reading says so")
                .isEqualTo(422);

        assertThat(stored(hub)).isEqualTo("[3,1,0,2]");
        assertThat(hub.get("/api/v1/quarantine?cause=unknown_device").body())
                .contains("stranger is not registered", "caravan device adopt stranger");
        assertThat(hub.get("/api/v1/devices?registered=false").body()).contains("\"id\":\"stranger\"");
        assertThat(items(hub, "/api/v1/readings?device=stranger&from=0").size()).isZero();

        JsonNode adopted =
                JSON.readTree(post(hub, "/api/v1/devices/stranger/adopt").body());

        assertThat(adopted.path("let_in").asInt()).as(adopted.toString()).isEqualTo(1);
        assertThat(adopted.path("family").asText()).isEqualTo("http");
        JsonNode readings = items(hub, "/api/v1/readings?device=stranger&from=0");
        assertThat(readings.findValuesAsText("measured_at"))
                .containsExactly("2026-06-01T12:01:00.000Z", "2026-06-01T12:00:00.000Z");
        assertThat(stored(hub)).as("two readings instead of one message").isEqualTo("[4,3,0,1]");
        assertThat(items(hub, "/api/v1/quarantine?device=stranger").findValuesAsText("cause"))
                .containsExactly("not_json");
    }

    @Test
    void aFileOfDevicesLetsInWhatWasHeldOfThem() throws Exception {
        try (TestHub hub =
                new TestHub(folder, SqliteDatabase.open(folder.resolve("caravan.db")), Admitted.Unknown.HOLD)) {
            assertThat(ingest(hub, "filed", "{\"temperature_c\":4}").statusCode())
                    .isEqualTo(202);
            register(hub, "filed");
            Await.until("it is in", Duration.ofSeconds(10), () -> isStored(hub));
        }
    }

    private static boolean isStored(TestHub hub) {
        try {
            return stored(hub).equals("[1,1,0,0]");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDeviceThatIsRefusedPushesNothingOutOfQuarantine() throws Exception {
        try (TestHub hub =
                new TestHub(folder, SqliteDatabase.open(folder.resolve("caravan.db")), Admitted.Unknown.REJECT)) {
            register(hub, "friend");
            ProducerTemplate flow = hub.camel().createProducerTemplate();
            for (int i = 0; i < 5; i++) {
                published(flow, "stranger", 10, i);
            }
            published(flow, "friend", 10, 9);

            assertThat(stored(hub)).as("all of it is counted").isEqualTo("[60,10,0,50]");
            JsonNode shown = items(hub, "/api/v1/quarantine?device=stranger");
            assertThat(shown.size()).as("ten of them are shown").isEqualTo(10);
            assertThat(shown.path(0).path("cause").asText()).isEqualTo("rejected_device");
            assertThat(ingest(hub, "stranger", "{\"a\":1}").statusCode()).isEqualTo(403);
            JsonNode adopted =
                    JSON.readTree(post(hub, "/api/v1/devices/stranger/adopt").body());
            assertThat(adopted.path("let_in").asInt()).isZero();
            published(flow, "stranger", 1, 20);
            assertThat(stored(hub)).isEqualTo("[61,11,0,50]");
        }
    }

    @Test
    void aBridgeAnswersForThePowerStationsThatItHears() throws Exception {
        try (TestHub hub =
                new TestHub(folder, SqliteDatabase.open(folder.resolve("caravan.db")), Admitted.Unknown.REJECT)) {
            register(hub, "friend");
            ProducerTemplate flow = hub.camel().createProducerTemplate();
            bridged(flow, 1);
            assertThat(stored(hub)).isEqualTo("[1,0,0,1]");
            assertThat(items(hub, "/api/v1/quarantine?device=galley").findValuesAsText("cause"))
                    .containsExactly("rejected_device");

            register(hub, "galley");
            bridged(flow, 2);
            assertThat(stored(hub)).as("nobody has registered the station").isEqualTo("[2,1,0,1]");

            register(hub, "ecoflow-DCABZ0000000001");
            assertThat(post(hub, "/api/v1/devices/ecoflow-DCABZ0000000001/disable")
                            .statusCode())
                    .isEqualTo(200);
            bridged(flow, 3);
            assertThat(stored(hub)).as("its owner wants nothing of it").isEqualTo("[3,1,0,2]");
            assertThat(items(hub, "/api/v1/quarantine?device=ecoflow-DCABZ0000000001")
                            .size())
                    .isOne();
        }
    }

    private static void bridged(ProducerTemplate flow, int minute) {
        String payload = "{\"time\":\"2026-06-01T12:0" + minute + ":00Z\",\"soc\":76}";
        List<Message> batch = List.of(Message.of(
                "ecoflow/galley/DCABZ0000000001",
                payload.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-06-01T12:30:00Z")));
        flow.send("store:reading?timeout=10000", exchange -> {
            exchange.setProperty(Notes.MESSAGES, batch);
            exchange.getMessage().setBody(Families.ecoflowBridge().decode(batch));
        });
    }

    /** As the flow of a family does: a batch of messages, decoded together. */
    private static void published(ProducerTemplate flow, String device, int count, int minute) {
        List<Message> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String time = String.format("2026-06-01T12:%02d:%02dZ", minute, i);
            byte[] payload =
                    ("{\"time\":\"" + time + "\",\"metrics\":{\"temperature_c\":4}}").getBytes(StandardCharsets.UTF_8);
            batch.add(Message.of("caravan/" + device + "/telemetry", payload, Instant.parse(time)));
        }
        flow.send("store:reading?timeout=10000", exchange -> {
            exchange.setProperty(Notes.MESSAGES, batch);
            exchange.getMessage().setBody(new CaravanTelemetryDecoder().decode(batch));
        });
    }

    private static void register(TestHub hub, String device) throws Exception {
        hub.send(hub.asked("/api/v1/devices:import")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString("id,family\n" + device + ",caravan\n")));
    }

    private static HttpResponse<String> ingest(TestHub hub, String device, String body) throws Exception {
        return hub.send(hub.asked("/api/v1/ingest?device=" + device)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> post(TestHub hub, String path) throws Exception {
        return hub.send(hub.asked(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static JsonNode items(TestHub hub, String path) throws Exception {
        return JSON.readTree(hub.get(path).body()).path("items");
    }

    /** received, stored, duplicate, quarantined. */
    private static String stored(TestHub hub) throws Exception {
        JsonNode ledger = JSON.readTree(hub.get("/api/v1/ledger").body());
        return "[" + ledger.path("received") + "," + ledger.path("stored") + "," + ledger.path("duplicate") + ","
                + ledger.path("quarantined") + "]";
    }
}

package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.caravanhub.TestPostgres;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API tells of power stations that the database knows. */
class PowerApiTest {
    private static final String METRICS = "{\"soc_percent\":85,\"in_w\":0,\"out_w\":43,\"ac_out_w\":43,\"bms_v\":52.99,"
            + "\"bms_full_ah\":20,\"bms_temp_c\":27,\"empty_min\":1765,\"raw\":{\"pd.x\":1}}";

    @TempDir
    Path folder;

    @Test
    void whatIsOldIsNeverShownAsNow() throws Exception {
        try (TestHub hub = new TestHub(folder)) {
            tell(hub);
        }
    }

    @Test
    void theSameOnPostgres() throws Exception {
        try (TestPostgres postgres = TestPostgres.fresh();
                TestHub hub = new TestHub(folder, postgres)) {
            tell(hub);
        }
    }

    private static void tell(TestHub hub) throws Exception {
        Instant now = Instant.now();
        hub.keep(
                reading("ecoflow-OLD", "", now.minusSeconds(3600)),
                reading("ecoflow-NEW", "", now.minusSeconds(30)),
                reading("ecoflow-LOCAL", "", now.minusSeconds(7200)),
                reading("ecoflow-RETAINED", "dead-bridge", now.minusSeconds(5)).with(Flag.RETAINED.bit()),
                reading("ecoflow-LOCAL", "hut-bridge", now.minusSeconds(20)),
                new Reading(Source.of("hut-bridge", "ecoflow"), now, now, metrics("{\"rssi_dbm\":-61}"), 0));
        hub.awaitTables();

        JsonNode stations = json(hub).path("stations");
        assertThat(stations).hasSize(4);
        JsonNode local = stations.get(0);
        assertThat(local.path("source").asText() + local.path("bridge").asText())
                .isEqualTo("bridgehut-bridge");
        assertThat(local.path("state").asText()).isEqualTo("live");
        JsonNode live = stations.get(1);
        assertThat(live.path("serial").asText()).isEqualTo("NEW");
        assertThat(live.path("out_w").asInt()).isEqualTo(43);
        assertThat(live.path("remaining").toString())
                .isEqualTo("{\"until\":\"empty\",\"minutes\":1765,\"at_w\":43,\"from\":\"station\"}");
        assertThat(live.path("temperatures").path("battery_c").asInt()).isEqualTo(27);
        assertThat(live.path("last").isNull()).isTrue();

        JsonNode old = stations.get(2);
        assertThat(old.path("state").asText()).isEqualTo("stale");
        assertThat(old.path("charge_percent").isNull()).isTrue();
        assertThat(old.path("out_w").isNull()).isTrue();
        assertThat(old.path("remaining").isNull()).isTrue();
        assertThat(old.path("last").path("charge_percent").asInt()).isEqualTo(85);
        assertThat(old.path("last").path("age_s").asInt()).isBetween(3600, 3700);
        assertThat(old.path("why").asText()).isNotEmpty();
        JsonNode retained = stations.get(3);
        assertThat(retained.path("state").asText())
                .as("what the broker had kept may be of last summer")
                .isEqualTo("stale");
        assertThat(retained.path("out_w").isNull()).isTrue();
        assertThat(retained.path("why").asText()).contains("The broker had kept it");
    }

    @Test
    void whoHasItAskedIsInTheAuditAndTheDoctorLooksWithoutAsking() throws Exception {
        try (TestHub hub = new TestHub(folder)) {
            var polled = hub.send(hub.asked("/api/v1/power/poll").POST(HttpRequest.BodyPublishers.noBody()));

            assertThat(polled.statusCode()).isEqualTo(202);
            assertThat(hub.get("/api/v1/audit").body()).contains("\"who\":\"admin\",\"action\":\"poll-power\"");
            // Nobody listens on port 1.
            assertThat(hub.get("/api/v1/power/checks").body())
                    .contains(
                            "\"check\":\"host\",\"device\":\"\",\"state\":\"problem\"",
                            "127.0.0.1",
                            "takes no connection");
            assertThat(hub.get("/api/v1/power/checks?offline=true").body())
                    .contains("\"check\":\"host\",\"device\":\"\",\"state\":\"unknown\"")
                    .contains("\"code\":\"8521\"");
        }
    }

    private static JsonNode json(TestHub hub) throws Exception {
        return new ObjectMapper().readTree(hub.get("/api/v1/power").body());
    }

    private static Reading reading(String device, String bridge, Instant at) {
        String told = bridge.isEmpty() ? METRICS : METRICS.replace("}}", "},\"bridge\":\"" + bridge + "\"}");
        return new Reading(Source.of(device, "ecoflow"), at, at, metrics(told), 0);
    }

    private static Metrics metrics(String json) {
        return Metrics.ofChecked(json.getBytes(StandardCharsets.UTF_8));
    }
}

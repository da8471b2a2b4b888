package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.caravanhub.message.Message;
import org.caravanhub.ota.Audience;
import org.caravanhub.ota.Counts;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Figures;
import org.caravanhub.ota.Plan;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.RolloutDraft;
import org.caravanhub.ota.Rollouts.Asker;
import org.caravanhub.reading.Families;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is for whom, as ESPHome, ESP Web Tools and the scripts of the first system read it. */
final class FirmwareManifestTest {
    private static final Asker ADMIN = new Asker("admin", "test");

    @TempDir
    static Path folder;

    private static TestHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @BeforeEach
    void nothingIsPublished() {
        hub.ota.clear();
    }

    // ── GET /ota/d/{device}/manifest.json ──

    /** ESPHome refuses a manifest in which any of these is missing, or no text; it compares the version letter by letter. */
    @Test
    void esphomeReadsWhatIsMeantForThisDevice() throws Exception {
        Release release = hub.ota.publish("pump", "2024.6.1", "ESP32-C3");
        hub.ota.means("hut-pump", release);

        HttpResponse<String> response = get("/ota/d/hut-pump/manifest.json");

        assertThat(response.body())
                .isEqualTo(
                        "{\"name\":\"pump\",\"version\":\"2024.6.1\",\"builds\":[{\"chipFamily\":\"ESP32-C3\",\"ota\":{"
                                + "\"md5\":\"" + release.artifact().md5() + "\",\"path\":\"/ota/f/" + release.key()
                                + ".bin\","
                                + "\"summary\":\"Quieter pump\",\"release_url\":\"https://example.org/notes/2024.6.1\"}}]}");
        // It makes room for as many bytes as the header says, and reads nothing without it.
        assertThat(response.headers().firstValue("content-length"))
                .hasValue(Integer.toString(response.body().getBytes(StandardCharsets.UTF_8).length));
        assertThat(response.headers().firstValue("transfer-encoding")).isEmpty();
        assertThat(response.headers().firstValue("access-control-allow-origin")).isEmpty();
        String tag = response.headers().firstValue("etag").orElseThrow();
        assertThat(hub.send(hub.to("/ota/d/hut-pump/manifest.json")
                                .header("If-None-Match", tag)
                                .GET())
                        .statusCode())
                .isEqualTo(304);
    }

    /** What contains "http" is taken for a whole address, wherever it stands in it. */
    @Test
    void noModelCanMakeThePathLookLikeAnAddress() throws Exception {
        hub.ota.means("hut-pump", hub.ota.publish("http-pump", "http-1", "ESP32"));

        String path = json(get("/ota/d/hut-pump/manifest.json"))
                .at("/builds/0/ota/path")
                .textValue();

        assertThat(path).startsWith("/").doesNotContain("http");
    }

    @Test
    void aBrowserCanMakeANewEsp8266WithItAndNoEsp32() throws Exception {
        hub.ota.means("old", hub.ota.publish("plug", "1", "ESP8266"));
        hub.ota.means("new", hub.ota.publish("pump", "1", "ESP32"));

        assertThat(json(get("/ota/d/old/manifest.json"))
                        .at("/builds/0/parts/0/offset")
                        .intValue())
                .isZero();
        assertThat(json(get("/ota/d/old/manifest.json"))
                        .at("/builds/0/parts/0/path")
                        .textValue())
                .startsWith("/ota/f/");
        assertThat(json(get("/ota/d/new/manifest.json")).at("/builds/0/parts").isMissingNode())
                .isTrue();
    }

    @Test
    void aDeviceForWhichNothingIsMeantReadsWhatItRuns() throws Exception {
        hub.ota.publish("pump", "1", "ESP32");
        hub.ota.publish("pump", "2", "ESP32");
        hub.keep(Families.caravanDevice()
                .decodeOne(Message.of(
                        "caravan/told/status",
                        "{\"firmware\":\"1\",\"model\":\"pump\"}".getBytes(StandardCharsets.UTF_8),
                        Instant.now()))
                .get(0));

        assertThat(json(get("/ota/d/told/manifest.json")).get("version").textValue())
                .isEqualTo("1");
    }

    /** ESPHome tells nobody what it runs; what is built into the address of its manifest does. */
    @Test
    void theAddressThatWasBuiltInTellsWhatItRuns() throws Exception {
        hub.ota.means("built", hub.ota.publish("pump", "2", "ESP32"));

        assertThat(json(get("/ota/d/built/manifest.json?current=1"))
                        .get("version")
                        .textValue())
                .isEqualTo("2");
        assertThat(hub.ota.seen).containsExactly("built 1");
    }

    @Test
    void aDeviceThatNeverToldReadsTheNewestThatDidWell() throws Exception {
        hub.ota.publish("silent-pump", "1", "ESP32");
        hub.ota.publish("silent-pump", "2", "ESP32");
        hub.ota.figures.add(figures("2", Counts.NONE));
        hub.ota.figures.add(figures("1", new Counts(Map.of(DeviceUpdate.State.DONE, 1))));
        get("/ota/manifest.json?device=silent&model=silent-pump");

        assertThat(json(get("/ota/d/silent/manifest.json")).get("version").textValue())
                .isEqualTo("1");
    }

    private static Figures figures(String version, Counts counts) {
        return new Figures(
                version,
                counts,
                OptionalDouble.empty(),
                Optional.empty(),
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    @Test
    void whatNobodyMeantIsNotFoundAndSaysWhatToDo() throws Exception {
        HttpResponse<String> response = get("/ota/d/stranger/manifest.json");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("detail").textValue()).contains("caravan rollout start");
        hub.ota.means("nrf", hub.ota.publish("nrf", "1", ""));
        assertThat(get("/ota/d/nrf/manifest.json").statusCode()).isEqualTo(404);
    }

    @Test
    void aDeviceReadsItsOwnManifestOnly() throws Exception {
        hub.ota.means("other", hub.ota.publish("pump", "1", "ESP32"));
        hub.ota.means(TestHub.DEVICE, hub.ota.publish("pump", "2", "ESP32"));

        assertThat(signedIn("/ota/d/" + TestHub.DEVICE + "/manifest.json").statusCode())
                .isEqualTo(200);
        assertThat(signedIn("/ota/d/other/manifest.json").statusCode()).isEqualTo(403);
        assertThat(signedIn("/ota/manifest.json?device=other").statusCode()).isEqualTo(403);
    }

    // ── GET /ota/manifest.json?model=&current= ──

    @Test
    void withoutADeviceOnlyWhatGoesToEveryDeviceIsThere() throws Exception {
        Release one = hub.ota.publish("pump", "1.0.0", "ESP32");
        hub.ota.publish("pump", "2.0.0", "ESP32");
        hub.ota.create(new RolloutDraft("all", "pump", "1.0.0", new Audience.All(), Plan.of(100), false), ADMIN);
        hub.ota.create(new RolloutDraft("some", "pump", "2.0.0", new Audience.All(), Plan.of(99), false), ADMIN);
        hub.ota.create(new RolloutDraft("few", "pump", "2.0.0", new Audience.Canary(), Plan.of(100), false), ADMIN);
        hub.ota.create(new RolloutDraft("off", "pump", "2.0.0", new Audience.All(), Plan.of(100), true), ADMIN);

        assertThat(get("/ota/manifest.json?model=pump&current=0.9.0").body())
                .isEqualTo("[{\"model\":\"pump\",\"version\":\"1.0.0\",\"url\":\"/ota/f/" + one.key()
                        + ".bin\",\"sha256\":\"" + one.artifact().sha256() + "\",\"md5\":\""
                        + one.artifact().md5() + "\",\"size\":1500001}]");
        assertThat(get("/ota/manifest.json?model=pump&current=1.0.0").body()).isEqualTo("[]");
        assertThat(get("/ota/manifest.json?model=pump&current=1.5.0").body())
                .as("no way back")
                .isEqualTo("[]");
        assertThat(json(get("/ota/manifest.json"))).hasSize(1);
        assertThat(get("/ota/manifest.json?model=other").body()).isEqualTo("[]");
    }

    @Test
    void whatTheNextRingWaitsForIsNotForEverybodyYet() throws Exception {
        hub.ota.publish("pump", "1.0.0", "ESP32");
        Plan waits = Plan.of(100);
        Plan inTheEvening = new Plan(
                waits.rings(),
                OptionalInt.of(1),
                waits.leastCharge(),
                true,
                waits.window(),
                waits.healthyFor(),
                waits.patience(),
                waits.stop(),
                false,
                false);
        hub.ota.create(new RolloutDraft("one", "pump", "1.0.0", new Audience.All(), inTheEvening, false), ADMIN);

        assertThat(get("/ota/manifest.json?model=pump").body()).isEqualTo("[]");
    }

    @Test
    void aDeviceReadsWhatIsMeantForItself() throws Exception {
        Release canary = hub.ota.publish("pump", "2.0.0", "ESP32");
        hub.ota.means(TestHub.DEVICE, canary);

        assertThat(json(signedIn("/ota/manifest.json?model=pump&current=1.0.0")))
                .hasSize(1);
        assertThat(json(get("/ota/manifest.json?model=pump&current=1.0.0&device=" + TestHub.DEVICE)))
                .hasSize(1);
        assertThat(json(get("/ota/manifest.json?model=pump&current=1.0.0&device=other")))
                .isEmpty();
        assertThat(hub.ota.seen).contains(TestHub.DEVICE + " 1.0.0");
        assertThat(get("/ota/manifest.json?device=..%2Fx").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return hub.send(hub.to(path).GET());
    }

    private static HttpResponse<String> signedIn(String path) throws Exception {
        String pair = TestHub.DEVICE + ":" + TestHub.DEVICE_PASSWORD;
        return hub.send(hub.to(path)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .GET());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}

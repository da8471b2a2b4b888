package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.caravanhub.ota.Audience;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.DeviceUpdates;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.UpdateReport;
import org.caravanhub.ota.UpdateReport.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What paku's devices and tools asked of its service, row by row, and without its defects. */
final class PakuOtaTest {
    private static final String CHECK =
            "/api/firmware/check?device_id=ESP32-20E955A0&device_model=t-display&current_version=1.0.0";
    private static final String STATUS = "/api/device/ESP32-20E955A0/update-status";

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

    // ── GET /api/firmware/check ──

    @Test
    void aDeviceIsToldWhatItMayHave() throws Exception {
        Release release = hub.ota.publish("t-display", "1.1.0", "ESP32-S3");
        hub.ota.means("ESP32-20E955A0", release);

        JsonNode said = json(plain(CHECK));

        assertThat(said.get("update_available").booleanValue()).isTrue();
        assertThat(said.get("current_version").textValue()).isEqualTo("1.0.0");
        assertThat(said.get("latest_version").textValue()).isEqualTo("1.1.0");
        assertThat(said.get("download_url").textValue()).isEqualTo("/ota/f/" + release.key() + ".bin");
        assertThat(said.get("file_size").longValue()).isEqualTo(1_500_001);
        assertThat(said.get("checksum_sha256").textValue())
                .isEqualTo(release.artifact().sha256());
        assertThat(said.get("release_notes").textValue()).isEqualTo("Quieter pump");
    }

    @Test
    void whatIsToldBehindTheProxysPrefixWorksWithThePrefixPutBefore() throws Exception {
        Release release = hub.ota.publish("t-display", "1.1.0", "ESP32");
        hub.ota.means("ESP32-20E955A0", release);

        String told = json(plain("/ota" + CHECK)).get("download_url").textValue();

        assertThat("/ota" + told).isEqualTo("/ota/f/" + release.key() + ".bin");
    }

    @Test
    void aDeviceThatIsNotChosenLearnsOnlyThatThereIsANewerOne() throws Exception {
        hub.ota.publish("t-display", "1.1.0", "ESP32");

        JsonNode said = json(plain(CHECK));

        assertThat(said.get("update_available").booleanValue()).isFalse();
        assertThat(said.get("latest_version").textValue()).isEqualTo("1.1.0");
        for (String nothing : List.of("download_url", "file_size", "checksum_sha256", "release_notes")) {
            assertThat(said.get(nothing).isNull()).as(nothing).isTrue();
        }
    }

    @Test
    void whatItRunsIsSeen() throws Exception {
        plain(CHECK);

        assertThat(hub.ota.seen).containsExactly("ESP32-20E955A0 1.0.0");
    }

    /** They may be empty, but they must be there; what is sent beyond them is passed over. */
    @ParameterizedTest
    @CsvSource({
        "device_id=a&device_model=b, 422",
        "device_id=a&current_version=1, 422",
        "device_model=b&current_version=1, 422",
        "device_id=&device_model=&current_version=, 200",
        "device_id=a&device_model=b&current_version=1&battery=80, 200",
        "device_id=..%2Fetc&device_model=b&current_version=1, 200",
        "device_id=a%00b&device_model=b&current_version=1, 200",
        "device_id=a&device_model=b%0d%0aX-Evil:1&current_version=1, 200"
    })
    void whatIsMissingIs422(String query, int status) throws Exception {
        HttpResponse<String> response = plain("/api/firmware/check?" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        if (status == 200) {
            assertThat(json(response).get("update_available").booleanValue()).isFalse();
        } else {
            assertThat(json(response).get("detail").textValue()).endsWith("is missing.");
        }
    }

    @Test
    void aDevicesCredentialAsksForItselfOnly() throws Exception {
        String query = "&device_model=b&current_version=1";

        assertThat(hub.send(asDevice("/api/firmware/check?device_id=" + TestHub.DEVICE + query))
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.send(asDevice("/api/firmware/check?device_id=other" + query))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPollWritesNothingOfItsOwn() throws Exception {
        String poll = CHECK.replace("t-display", "polling").replace("ESP32-20E955A0", "poller");
        plain(poll);
        List<JsonNode> before = devices("polling");
        for (int i = 0; i < 20; i++) {
            plain(poll);
        }

        assertThat(devices("polling")).hasSize(1).isEqualTo(before);
    }

    @Test
    void theModelOfADeviceMayChange() throws Exception {
        plain(CHECK.replace("ESP32-20E955A0", "rebuilt"));
        plain(CHECK.replace("ESP32-20E955A0", "rebuilt").replace("t-display", "t-display-s3"));

        assertThat(devices("t-display-s3")).hasSize(1);
    }

    // ── POST /api/device/{id}/update-status ──

    @ParameterizedTest
    @CsvSource({
        "pending, PENDING",
        "downloading, DOWNLOADING",
        "downloaded, DOWNLOADED",
        "installing, INSTALLING",
        "success, SUCCESS",
        "failed, FAILED",
        "rolled_back, ROLLED_BACK"
    })
    void aDeviceTellsHowItsUpdateGoes(String status, Stage stage) throws Exception {
        HttpResponse<String> response = keyed(
                STATUS,
                "{\"device_id\":\"ESP32-20E955A0\",\"firmware_version\":\"1.1.0\",\"status\":\"" + status
                        + "\",\"progress_percent\":40,\"error_message\":null,\"heap\":1}");

        assertThat(response.body()).isEqualTo("{\"status\":\"ok\",\"message\":\"Status reported successfully\"}");
        UpdateReport told = hub.ota.reports.get(0);
        assertThat(told.stage()).isEqualTo(stage);
        assertThat(told.percent()).isEqualTo(OptionalInt.of(40));
        assertThat(told.version()).isEqualTo("1.1.0");
    }

    @Test
    void whatSucceededIsWhatTheToolsShow() throws Exception {
        plain(CHECK.replace("t-display", "glad").replace("ESP32-20E955A0", "glad-1"));
        hub.ota.clear();
        keyed(
                STATUS.replace("ESP32-20E955A0", "glad-1"),
                "{\"device_id\":\"glad-1\",\"firmware_version\":\"1.1.0\",\"status\":\"success\"}");

        assertThat(devices("glad").get(0).get("current_firmware_version").textValue())
                .isEqualTo("1.1.0");
        assertThat(hub.ota.seen).as("its word alone is no evidence").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"device_id\":\"other\",\"firmware_version\":\"1\",\"status\":\"success\"}",
                "{\"device_id\":\"ESP32-20E955A0\",\"firmware_version\":\"1\",\"status\":\"done\"}",
                "{\"device_id\":\"ESP32-20E955A0\",\"firmware_version\":\"1\",\"status\":\"downloading\",\"progress_percent\":101}",
                "{\"device_id\":\"ESP32-20E955A0\",\"firmware_version\":\"1\",\"status\":\"downloading\",\"progress_percent\":-1}",
                "{\"device_id\":\"ESP32-20E955A0\",\"firmware_version\":\"1\",\"status\":\"downloading\",\"progress_percent\":50.6}",
                "{\"device_id\":\"ESP32-20E955A0\",\"firmware_version\":\"1\"}",
                "{\"device_id\":\"ESP32-20E955A0\",\"status\":\"success\"}",
                "{\"firmware_version\":\"1\",\"status\":\"success\"}",
                "[]",
                "{",
                "null",
                "{\"device_id\":7,\"firmware_version\":\"1\",\"status\":\"success\"}"
            })
    void whatCannotBeIs422AndNotNoted(String body) throws Exception {
        HttpResponse<String> response = keyed(STATUS, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(json(response).get("code").textValue()).isEqualTo("not_understood");
        assertThat(hub.ota.reports).isEmpty();
    }

    @Test
    void aDeviceReportsWithItsOwnCredentialAndOnlyOfItself() throws Exception {
        String body = "{\"device_id\":\"%s\",\"firmware_version\":\"1\",\"status\":\"pending\"}";
        HttpRequest.BodyPublisher own = HttpRequest.BodyPublishers.ofString(body.formatted(TestHub.DEVICE));
        HttpRequest.BodyPublisher others = HttpRequest.BodyPublishers.ofString(body.formatted("other"));

        assertThat(hub.send(asDevice("/ota/api/device/" + TestHub.DEVICE + "/update-status")
                                .header("Content-Type", "application/json")
                                .POST(own))
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.send(asDevice("/api/device/other/update-status")
                                .header("Content-Type", "application/json")
                                .POST(others))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"'', Invalid API key", "wrong, Invalid API key"})
    void withoutTheKeyNothingIsSaidButThat(String key, String detail) throws Exception {
        for (String path :
                List.of(STATUS, "/ota" + STATUS, "/api/admin/rollout/create", "/ota/api/admin/rollout/create")) {
            HttpRequest.Builder request = hub.to(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"));
            HttpResponse<String> response = hub.send(key.isEmpty() ? request : request.header("X-API-Key", key));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(json(response).get("detail").textValue()).isEqualTo(detail);
        }
    }

    // ── POST /api/admin/rollout/create and …/deactivate ──

    @Test
    void aRolloutIsMadeAndTheToolLearnsItsNumber() throws Exception {
        hub.ota.publish("t-display", "1.1.0", "ESP32");

        HttpResponse<String> made = keyed(
                "/api/admin/rollout/create",
                "{\"name\":\"spring\",\"firmware_version\":\"1.1.0\",\"device_model\":\"t-display\","
                        + "\"target_type\":\"canary\",\"rollout_percentage\":25,\"note\":\"passed over\"}");

        assertThat(made.body())
                .isEqualTo(
                        "{\"status\":\"ok\",\"message\":\"Rollout created successfully\",\"id\":1,\"name\":\"spring\"}");
        Rollout rollout = hub.ota.rollouts.get(0);
        assertThat(rollout.audience()).isEqualTo(new Audience.Canary());
        assertThat(rollout.percent()).isEqualTo(25);
        assertThat(rollout.createdBy()).isEqualTo("api-key");
        assertThat(rollout.state()).isEqualTo(Rollout.State.RUNNING);
    }

    @Test
    void thoseThatAreNamedAreMeantWhateverThePercentage() throws Exception {
        hub.ota.publish("t-display", "1.1.0", "ESP32");

        keyed(
                "/api/admin/rollout/create",
                rollout("a", "specific", "{\"device_ids\":[\"x\"],\"mac_addresses\":[\"de:ba:7a:b1:e0:42\"]}"));
        keyed("/ota/api/admin/rollout/create", rollout("b", "group", "{\"group\":\"kitchen\"}"));

        assertThat(hub.ota.rollouts.get(0).audience())
                .isEqualTo(new Audience.Specific(Set.of("x"), Set.of("DEBA7AB1E042")));
        assertThat(hub.ota.rollouts.get(0).percent()).isEqualTo(100);
        assertThat(hub.ota.rollouts.get(1).audience()).isEqualTo(new Audience.Group("kitchen"));
        assertThat(hub.ota.rollouts.get(1).percent()).isEqualTo(10);
    }

    private static String rollout(String name, String target, String filter) {
        return "{\"name\":\"" + name
                + "\",\"firmware_version\":\"1.1.0\",\"device_model\":\"t-display\",\"target_type\":\"" + target
                + "\",\"rollout_percentage\":10,\"target_filter\":" + filter + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "specific | null | 422",
                "specific | {\"device_ids\":[\"../x\"]} | 422",
                "specific | {\"mac_addresses\":[\"nonsense\"]} | 422",
                "group | {} | 422",
                "every | {} | 422",
                "all | [] | 422",
                "all | null | 200"
            })
    void aRolloutToNobodyIsRefused(String target, String filter, int status) throws Exception {
        hub.ota.publish("t-display", "1.1.0", "ESP32");

        assertThat(keyed("/api/admin/rollout/create", rollout("a", target, filter))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void aNameThatIsTakenAndAVersionThatIsNotThereAreToldInASentence() throws Exception {
        hub.ota.publish("t-display", "1.1.0", "ESP32");
        keyed("/api/admin/rollout/create", rollout("a", "all", "null"));

        HttpResponse<String> twice = keyed("/api/admin/rollout/create", rollout("a", "all", "null"));
        HttpResponse<String> nothing =
                keyed("/api/admin/rollout/create", rollout("b", "all", "null").replace("1.1.0", "9.9.9"));

        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(json(twice).get("detail").textValue()).isEqualTo("There is a rollout a already.");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(json(nothing).get("detail").textValue()).contains("9.9.9");
    }

    @Test
    void aRolloutIsDeactivatedOnceHoweverOftenThatIsAsked() throws Exception {
        hub.ota.publish("t-display", "1.1.0", "ESP32");
        keyed("/api/admin/rollout/create", rollout("a", "all", "null"));

        for (String path : List.of("/api/admin/rollout/1/deactivate", "/ota/api/admin/rollout/1/deactivate")) {
            assertThat(keyed(path, "").body())
                    .isEqualTo(
                            "{\"status\":\"ok\",\"message\":\"Rollout deactivated successfully\",\"id\":1,\"name\":\"a\"}");
        }

        assertThat(hub.ota.rollouts.get(0).state()).isEqualTo(Rollout.State.PAUSED);
        assertThat(keyed("/api/admin/rollout/7/deactivate", "").statusCode()).isEqualTo(404);
        assertThat(keyed("/api/admin/rollout/x/deactivate", "").statusCode()).isEqualTo(422);
    }

    // ── GET /api/admin/devices, /api/admin/update-status, /ota/health, /ota/metrics ──

    @Test
    void devicesAreListedWithWhatTheyRun() throws Exception {
        plain(CHECK.replace("t-display", "listed").replace("ESP32-20E955A0", "a"));
        plain(CHECK.replace("t-display", "listed").replace("ESP32-20E955A0", "b"));
        plain(CHECK.replace("t-display", "other").replace("ESP32-20E955A0", "c"));

        assertThat(devices("listed"))
                .extracting(device -> device.get("device_id").textValue())
                .containsExactly("b", "a");
        JsonNode only =
                json(keyed("/api/admin/devices?device_model=other", null)).get("devices");
        assertThat(only).hasSize(1);
        assertThat(only.get(0).get("current_firmware_version").textValue()).isEqualTo("1.0.0");
        assertThat(Instant.parse(only.get(0).get("last_seen").textValue())).isBeforeOrEqualTo(Instant.now());
        assertThat(json(keyed("/ota/api/admin/devices?limit=1", null)).get("devices"))
                .hasSize(1);
        assertThat(keyed("/api/admin/devices?limit=501", null).statusCode()).isEqualTo(422);
        assertThat(keyed("/api/admin/devices?limit=0", null).statusCode()).isEqualTo(422);
    }

    @Test
    void anUpdateIsOneRowInPakusWords() throws Exception {
        hub.ota.updates.add(DeviceUpdates.of("a", DeviceUpdate.State.DONE, ""));
        hub.ota.updates.add(DeviceUpdates.of("b", DeviceUpdate.State.TIMED_OUT, "It took too long."));
        hub.ota.updates.add(DeviceUpdates.of("c", DeviceUpdate.State.VERIFYING, ""));

        JsonNode updates = json(keyed("/api/admin/update-status", null)).get("updates");

        assertThat(updates)
                .extracting(update -> update.get("status").textValue()
                        + update.get("progress_percent").intValue())
                .containsExactly("success100", "failed40", "installing40");
        assertThat(updates.get(0).get("started_at").isNull()).isFalse();
        assertThat(updates.get(1).get("error_message").textValue()).isEqualTo("It took too long.");
        assertThat(updates.get(2).get("completed_at").isNull()).isTrue();
        assertThat(json(keyed("/ota/api/admin/update-status?device_id=b", null)).get("updates"))
                .hasSize(1);
    }

    @Test
    void healthAndFiguresAreThoseOfPaku() throws Exception {
        plain(CHECK.replace("t-display", "counted"));
        hub.ota.updates.add(DeviceUpdates.of("a", DeviceUpdate.State.DONE, ""));
        hub.ota.publish("t-display", "1.1.0", "ESP32");
        keyed("/api/admin/rollout/create", rollout("a", "all", "null"));

        assertThat(plain("/ota/health").body()).isEqualTo("{\"status\":\"healthy\"}");
        JsonNode figures = json(keyed("/ota/metrics", null));
        assertThat(figures.get("total_devices").intValue()).isPositive();
        assertThat(figures.get("devices_by_model").get("counted").intValue()).isEqualTo(1);
        assertThat(figures.get("recent_updates_24h").toString()).isEqualTo("{\"success\":1}");
        assertThat(figures.get("active_rollouts").intValue()).isEqualTo(1);
        HttpResponse<String> nobody = plain("/ota/metrics");
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(json(nobody).get("detail").textValue()).isEqualTo("Invalid API key");
    }

    // ── what asks ──

    private List<JsonNode> devices(String model) throws Exception {
        List<JsonNode> devices = new ArrayList<>();
        json(keyed("/api/admin/devices?device_model=" + model, null))
                .get("devices")
                .forEach(devices::add);
        return devices;
    }

    private HttpResponse<String> plain(String path) throws Exception {
        return hub.send(hub.to(path).GET());
    }

    /** With the key; a GET if there is no body. */
    private HttpResponse<String> keyed(String path, @org.jspecify.annotations.Nullable String body) throws Exception {
        HttpRequest.Builder request = hub.to(path).header("X-API-Key", TestHub.API_KEY);
        return hub.send(
                body == null
                        ? request.GET()
                        : request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder asDevice(String path) {
        String pair = TestHub.DEVICE + ":" + TestHub.DEVICE_PASSWORD;
        return hub.to(path)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}

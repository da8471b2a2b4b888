package org.caravanhub.system;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.demo.DemoImage;
import org.caravanhub.ota.Fleet;
import org.caravanhub.ota.FleetDevice;
import org.caravanhub.ota.FleetDevice.Mishap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet that asks in four ways is updated by a hub in a process of its own, over a real broker and real HTTP; every tenth device fares badly,
 * each in another way. Every one ends in the one state that is true.
 */
class FleetUpdateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String KEY = "fleet-key-of-the-test-0123456789";
    private static final String MODEL = "node";
    private static final int IMAGE = 64 * 1024;

    /** What is true of a device that fared so. */
    private static final Map<Mishap, List<String>> TRUE = Map.of(
            Mishap.NONE, List.of("done"),
            Mishap.SAYS_FAILED, List.of("failed"),
            Mishap.BOOT_LOOP, List.of("failed"),
            Mishap.GOES_BACK, List.of("rolled_back"),
            // Whichever is seen first: that it says so, or that it started again.
            Mishap.LIES, List.of("failed", "rolled_back"),
            Mishap.FALLS_SILENT, List.of("timed_out"));

    @TempDir
    Path data;

    private @Nullable HubProcess hub;

    /** What is wanted of a run. */
    private record Run(
            int devices,
            Duration period,
            String healthyFor,
            String patience,
            List<Mishap> mishaps,
            int kills,
            Duration atMost) {}

    @Test
    void fortyDevicesOfWhichFourFareBadlyEndInTheStateThatIsTrue() throws Exception {
        update(new Run(
                40,
                Duration.ofMillis(500),
                "6s",
                "60s",
                List.of(Mishap.SAYS_FAILED, Mishap.BOOT_LOOP, Mishap.GOES_BACK, Mishap.LIES),
                0,
                Duration.ofSeconds(240)));
    }

    @Test
    @Tag("endurance")
    void fiveHundredDevicesOfWhichFiftyFareBadlyEndInTheStateThatIsTrue() throws Exception {
        update(new Run(
                500,
                Duration.ofSeconds(4),
                "60s",
                "90s",
                List.of(Mishap.SAYS_FAILED, Mishap.BOOT_LOOP, Mishap.GOES_BACK, Mishap.LIES, Mishap.FALLS_SILENT),
                0,
                Duration.ofMinutes(15)));
    }

    @Test
    @Tag("endurance")
    void aHubThatIsKilledMeanwhileGoesOnWhereItWas() throws Exception {
        update(new Run(
                100,
                Duration.ofSeconds(1),
                "20s",
                "90s",
                List.of(Mishap.SAYS_FAILED, Mishap.BOOT_LOOP, Mishap.GOES_BACK, Mishap.LIES),
                3,
                Duration.ofMinutes(8)));
    }

    @AfterEach
    void stopTheHub() {
        if (hub != null) {
            hub.close();
        }
    }

    private void update(Run run) throws Exception {
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            hub = HubProcess.start(data, environment(broker));
            String token = Files.readString(data.resolve("admin.token")).strip();
            Api api = new Api(() -> requireNonNull(hub).url(), token);
            for (String version : List.of("1.0.0", "1.1.0")) {
                api.put("/api/v1/firmware/" + MODEL + "/" + version, DemoImage.of(MODEL, version, IMAGE));
            }
            try (Fleet fleet = new Fleet(hub.url(), broker.url(), 8)) {
                populate(fleet, run, api);
                FleetDevice sleeper = fleet.devices().get(1);
                long begun = System.nanoTime();
                double cpu = cpuSeconds(hub);
                fleet.start(run.period());
                Await.until(
                        "every device was heard",
                        run.atMost(),
                        () ->
                                slowly(() -> api.get("/api/v1/devices?limit=1000")
                                                        .path("items"))
                                                .findValues("last_seen_at")
                                                .stream()
                                                .filter(at -> !at.isNull())
                                                .count()
                                        == run.devices());
                sleeper.sleep(true);
                int failing = (int) fleet.devices().stream()
                        .filter(device -> device.mishap() != Mishap.NONE)
                        .count();
                JsonNode made = api.post(
                        "/api/v1/rollouts",
                        "{\"name\":\"spring\",\"model\":\"" + MODEL + "\",\"version\":\"1.1.0\",\"healthy_for\":\""
                                + run.healthyFor() + "\",\"patience\":\"" + run.patience()
                                + "\",\"pause_on\":{\"failures\":" + failing / 2 + ",\"percent\":0}}");
                assertThat(made.path("state").asText()).as(made.toString()).isEqualTo("running");

                for (int kill = 1; kill <= run.kills(); kill++) {
                    int far = kill * run.devices() / (run.kills() + 2);
                    Await.until("some are further: " + states(api), run.atMost(), () -> {
                        resumed(api);
                        return begun(slowly(() -> api.get("/api/v1/rollouts/spring"))) >= far;
                    });
                    hub.kill();
                    hub = HubProcess.start(data, environment(broker));
                    fleet.hubIsAt(hub.url());
                }
                Await.until("too many failed", run.atMost(), () -> state(api).equals("paused") || run.kills() > 0);
                JsonNode paused = api.get("/api/v1/rollouts/spring");
                double pausedAfter = (System.nanoTime() - begun) / 1e9;
                List<String> named = new ArrayList<>();
                paused.path("failed").forEach(name -> named.add(name.asText()));
                assertThat(named).hasSizeGreaterThanOrEqualTo(run.kills() > 0 ? 0 : failing / 2);
                assertThat(named)
                        .allSatisfy(name -> assertThat(device(fleet, name).mishap())
                                .as(name)
                                .isNotEqualTo(Mishap.NONE));

                finish(run, api, sleeper);
                System.out.printf(
                        "%n%d devices, %d fare badly, %d kills: paused after %.0f s naming %d, all over after %.0f s; hub CPU %.1f s, RSS %d MB; %d MB fetched, %d images wrong; %s%n",
                        run.devices(),
                        failing,
                        run.kills(),
                        pausedAfter,
                        named.size(),
                        (System.nanoTime() - begun) / 1e9,
                        cpuSeconds(hub) - cpu,
                        hub.residentBytes() >> 20,
                        fleet.fetchedBytes() >> 20,
                        fleet.wrongImages(),
                        states(api));
                assertTrue(fleet, api);
            }
        }
    }

    /** It is resumed as often as it pauses; the device that sleeps is waited for, and does not fail. */
    private static void finish(Run run, Api api, FleetDevice sleeper) {
        api.post("/api/v1/rollouts/spring/resume", "");
        int open = 1;
        Await.until("all but the sleeper came to an end: " + states(api), run.atMost(), () -> {
            resumed(api);
            JsonNode counts = api.get("/api/v1/rollouts/spring").path("counts");
            return counts.path("devices").asInt() - ended(counts) == open;
        });
        assertThat(update(api, sleeper.id()).path("state").asText())
                .as("a device that sleeps waits: %s", update(api, sleeper.id()))
                .isIn("waiting", "offered");
        sleeper.sleep(false);
        Await.until("the rollout is completed: " + states(api), run.atMost(), () -> {
            resumed(api);
            return state(api).equals("completed");
        });
    }

    private static void resumed(Api api) {
        if (state(api).equals("paused")) {
            api.post("/api/v1/rollouts/spring/resume", "");
        }
    }

    private static int begun(JsonNode rollout) {
        return rollout.path("counts").path("devices").asInt()
                - rollout.path("counts").path("waiting").asInt()
                - rollout.path("counts").path("offered").asInt();
    }

    private static void assertTrue(Fleet fleet, Api api) {
        Map<String, String> states = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = api.get(
                    "/api/v1/rollouts/spring/updates?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("items")
                    .forEach(update -> states.put(
                            update.path("device").asText(), update.path("state").asText()));
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        assertThat(states).hasSize(fleet.devices().size());
        for (FleetDevice device : fleet.devices()) {
            assertThat(states.get(device.id()))
                    .as("%s, which fared %s and runs %s", device.id(), device.mishap(), device.version())
                    .isIn(TRUE.get(device.mishap()));
            if (device.mishap() == Mishap.NONE) {
                assertThat(device.version()).as(device.id()).isEqualTo("1.1.0");
            }
        }
        assertThat(fleet.wrongImages()).isZero();
    }

    /** Every tenth fares badly; who only asks cannot say that it failed, and cannot lie. */
    private static void populate(Fleet fleet, Run run, Api api) throws Exception {
        StringBuilder csv = new StringBuilder(Fleet.HEADER).append("\r\n");
        int bad = 0;
        for (int i = 0; i < run.devices(); i++) {
            Mishap mishap =
                    i % 10 == 9 ? run.mishaps().get(bad++ % run.mishaps().size()) : Mishap.NONE;
            boolean isTalking = mishap == Mishap.SAYS_FAILED || mishap == Mishap.LIES;
            Fleet.Way way = isTalking
                    ? (i % 20 == 9 ? Fleet.Way.PAKU : Fleet.Way.MQTT)
                    : Fleet.Way.values()[i % Fleet.Way.values().length];
            String id = "fleet-" + (1000 + i);
            csv.append(way.line(id, MODEL)).append("\r\n");
            fleet.add(id, way, MODEL, KEY, "1.0.0", mishap);
        }
        api.post("/api/v1/devices:import", csv.toString());
    }

    private static Map<String, String> environment(TestMosquitto broker) {
        return Map.of(
                "CARAVAN_MQTT_URL",
                broker.url(),
                "CARAVAN_FIRMWARE_CLIENTS",
                "open",
                "CARAVAN_FIRMWARE_API_KEY",
                KEY,
                "CARAVAN_COMMIT_PACE",
                "0ms");
    }

    private static FleetDevice device(Fleet fleet, String id) {
        return fleet.devices().stream()
                .filter(device -> device.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String state(Api api) {
        return slowly(() -> api.get("/api/v1/rollouts/spring")).path("state").asText();
    }

    private static String states(Api api) {
        return api.get("/api/v1/rollouts/spring").path("counts").toString();
    }

    private static JsonNode update(Api api, String device) {
        return api.get("/api/v1/devices/" + device + "/updates?limit=1")
                .path("items")
                .path(0);
    }

    private static int ended(JsonNode counts) {
        int ended = 0;
        for (String state : List.of("done", "failed", "rolled_back", "timed_out")) {
            ended += counts.path(state).asInt();
        }
        return ended;
    }

    /** A question that is asked again and again leaves the hub some room. */
    private static JsonNode slowly(Supplier<JsonNode> question) {
        LockSupport.parkNanos(200_000_000);
        return question.get();
    }

    private static double cpuSeconds(HubProcess hub) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + hub.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** The hub's API, to its owner. A hub that is away is asked again. */
    private record Api(Supplier<String> url, String token) {
        JsonNode get(String path) {
            return send(request(path).GET());
        }

        JsonNode post(String path, String body) {
            return send(request(path)
                    .header("Content-Type", path.endsWith(":import") ? "text/csv" : "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        }

        JsonNode put(String path, byte[] body) {
            return send(request(path)
                    .header("Content-Type", "application/octet-stream")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(url.get() + path))
                    .timeout(Duration.ofSeconds(20))
                    .header("Authorization", "Bearer " + token);
        }

        private static JsonNode send(HttpRequest.Builder request) {
            HttpRequest built = request.build();
            for (int attempt = 0; attempt < 50; attempt++) {
                try {
                    HttpResponse<String> answer = HTTP.send(built, HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 503) {
                        LockSupport.parkNanos(200_000_000);
                        continue;
                    }
                    assertThat(answer.statusCode())
                            .as(built.method() + " " + built.uri() + ": " + answer.body())
                            .isBetween(200, 299);
                    return JSON.readTree(answer.body());
                } catch (IOException e) {
                    LockSupport.parkNanos(200_000_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
            throw new AssertionError("no answer to " + built.uri());
        }
    }
}

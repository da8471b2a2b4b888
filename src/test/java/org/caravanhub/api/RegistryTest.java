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
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an owner does with devices, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private TestHub hub;
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    void start() throws Exception {
        hub = open(folder);
        hub.registryListeners.add(new RegistryListener() {
            @Override
            public void changed(String device) {
                told.add("changed " + device);
            }

            @Override
            public void removed(String device) {
                told.add("removed " + device);
            }
        });
    }

    @AfterAll
    void stop() throws Exception {
        hub.close();
    }

    /** A hub that keeps everything where this test wants it. */
    TestHub open(Path data) throws Exception {
        return new TestHub(data);
    }

    @Test
    void aDeviceThatWasOnlyHeardIsAnUnknownClientUntilItIsAdopted() throws Exception {
        hub.keep(paku("fridge", NOON), paku("fridge", NOON.plusSeconds(60)));
        assertThat(ids("?registered=false")).contains("fridge");
        HttpResponse<String> early = patch("fridge", "*", "{\"name\":\"Fridge\"}");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("\"not_registered\"", "caravan device adopt fridge");

        JsonNode adopted = json(post("/api/v1/devices/fridge/adopt"));

        assertThat(adopted.path("family").asText()).isEqualTo("paku");
        assertThat(adopted.path("site").asText()).isEqualTo("home");
        assertThat(adopted.path("system").asText()).isEqualTo("cooling");
        assertThat(ids("?registered=false")).doesNotContain("fridge");
        assertThat(ids("?registered=true")).contains("fridge");
        assertThat(told).contains("changed fridge");
    }

    @Test
    void nobodyOverwritesWhatAnotherHasWrittenMeanwhile() throws Exception {
        register("pump", "caravan");
        JsonNode before = json(hub.get("/api/v1/devices/pump"));
        String version = before.path("registration_version").asText();
        hub.keep(reading("pump", NOON));
        assertThat(json(hub.get("/api/v1/devices/pump"))
                        .path("registration_version")
                        .asText())
                .as("what it says changes no version")
                .isEqualTo(version);
        assertThat(patch("pump", "", "{\"name\":\"a\"}").statusCode()).isEqualTo(428);

        HttpResponse<String> mine = patch(
                "pump",
                '"' + version + '"',
                "{\"name\":\"Bilge pump\",\"tags\":[\"bilge\",\"12 V\"],\"interval_ms\":60000,\"notes\":\"two\\nlines\"}");
        HttpResponse<String> theirs = patch("pump", '"' + version + '"', "{\"name\":\"Theirs\"}");

        assertThat(mine.statusCode()).as(mine.body()).isEqualTo(200);
        assertThat(mine.body())
                .contains("\"name\":\"Bilge pump\"", "\"tags\":[\"bilge\",\"12 V\"]", "\"interval_source\":\"set\"");
        assertThat(theirs.statusCode()).isEqualTo(412);
        String now = json(theirs).path("current_version").asText();
        assertThat(mine.headers().firstValue("ETag")).contains('"' + now + '"');
        JsonNode cleared = json(patch("pump", '"' + now + '"', "{\"interval_ms\":null,\"tags\":null}"));
        assertThat(cleared.path("interval_ms").isNull()).isTrue();
        assertThat(cleared.path("name").asText()).isEqualTo("Bilge pump");
        String audit = hub.get("/api/v1/audit?subject=device/pump").body();
        assertThat(audit)
                .contains(
                        "\"action\":\"edit-device\"",
                        "\"who\":\"admin\"",
                        "\"name\":[\"\",\"Bilge pump\"]",
                        "\"action\":\"import-devices\"")
                .doesNotContain("Theirs");
    }

    @Test
    void nobodyIsCalledLikeADeviceOfWhichAllIsStillBeingDeleted() throws Exception {
        hub.keep(reading("ghost", NOON));
        hub.writer.lend(
                connection -> connection.createStatement().executeUpdate("insert into forgetting values ('ghost', 1)"));

        HttpResponse<String> made = send("POST", "/api/v1/devices", "{\"id\":\"ghost\",\"family\":\"caravan\"}", "");
        HttpResponse<String> adopted = post("/api/v1/devices/ghost/adopt");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(409);
        assertThat(made.body()).contains("not_now", "is being deleted");
        assertThat(adopted.statusCode()).isEqualTo(409);
        hub.writer.lend(connection -> connection.createStatement().executeUpdate("delete from forgetting"));
        assertThat(send("POST", "/api/v1/devices", "{\"id\":\"ghost\",\"family\":\"caravan\"}", "")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void whatHidesInATextIsRefusedWithItsPlace() throws Exception {
        register("lamp", "caravan");
        assertThat(patch("lamp", "*", "{\"id\":\"other\"}").body())
                .contains("The id of a device cannot be changed", "for ever");
        assertThat(patch("lamp", "*", "{\"nam\":\"x\"}").body()).contains("did you mean name?");
        assertThat(patch("lamp", "*", "{\"name\":\"la\\u202emp\"}").body()).contains("character 3 is U+202E");
        assertThat(patch("lamp", "*", "{\"name\":\"a\\u0000\"}").body()).contains("character 2 is U+0000");
        assertThat(patch("lamp", "*", "{\"name\":\"a\",\"name\":\"b\"}").statusCode())
                .isEqualTo(400);
        assertThat(patch("lamp", "*", "{\"tags\":[1]}").body()).contains("tags must be an array");
        assertThat(patch("lamp", "*", "{\"interval_ms\":10}").body()).contains("1000 ms");
        assertThat(patch("lamp", "*", "{\"name\":\"" + "x".repeat(101) + "\"}").body())
                .contains("at most 100");
        HttpResponse<String> fine = patch("lamp", "*", "{\"name\":\"Lämpi 👩‍🔧 ламп\"}");
        assertThat(fine.statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsRemovedWithItsDataWasNeverHeardAndTheLedgerStaysTrue() throws Exception {
        List<Outcome> year = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            year.add(reading("old", NOON.plus(Duration.ofHours(i))));
            year.add(reading("kept", NOON.plus(Duration.ofHours(i))));
        }
        year.add(new Malformed(
                Message.of("caravan/old/telemetry", "{".getBytes(StandardCharsets.UTF_8), NOON),
                "old",
                Malformed.Cause.NOT_JSON,
                "not JSON at byte 1"));
        hub.keep(year.toArray(Outcome[]::new));
        register("old", "caravan");
        String ledger = hub.get("/api/v1/ledger").body();
        assertThat(send("DELETE", "/api/v1/devices/old?data=delete", "", "").body())
                .contains("not_confirmed", "confirm=old");
        assertThat(send("DELETE", "/api/v1/devices/old?data=delete&confirm=Old", "", "")
                        .statusCode())
                .isEqualTo(422);

        HttpResponse<String> gone = send("DELETE", "/api/v1/devices/old?data=delete&confirm=old", "", "");

        assertThat(gone.body()).contains("\"state\":\"done\"");
        assertThat(hub.get("/api/v1/devices/old").statusCode()).isEqualTo(404);
        assertThat(hub.get("/api/v1/readings?device=old&from=0").body()).contains("\"items\":[]");
        assertThat(hub.get("/api/v1/quarantine?device=old").body()).contains("\"items\":[]");
        assertThat(hub.get("/api/v1/ledger").body()).isEqualTo(ledger);
        assertThat(json(hub.get("/api/v1/readings?device=kept&from=0&limit=1000"))
                        .path("items")
                        .size())
                .isEqualTo(300);
        assertThat(told).contains("removed old");
        hub.keep(reading("old", NOON.plus(Duration.ofDays(40))));
        assertThat(json(hub.get("/api/v1/devices/old")).path("received").asInt())
                .as("it speaks again, and is new")
                .isEqualTo(1);
    }

    @Test
    void whatIsRemovedWithoutItsDataIsAnUnknownClientAgain() throws Exception {
        hub.keep(reading("stays", NOON));
        register("stays", "caravan");
        assertThat(send("DELETE", "/api/v1/devices/stays", "", "").body()).contains("\"data\":\"keep\"");
        assertThat(json(hub.get("/api/v1/devices/stays")).path("is_registered").asBoolean())
                .isFalse();
        assertThat(hub.get("/api/v1/readings?device=stays&from=0").body()).contains("temperature_c");
        assertThat(send("DELETE", "/api/v1/devices/stays", "", "").statusCode()).isEqualTo(409);
        assertThat(send("DELETE", "/api/v1/devices/nobody", "", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDisabledDeviceIsRefusedUntilItIsEnabled() throws Exception {
        register("noisy", "http");
        assertThat(post("/api/v1/devices/noisy/disable").body()).contains("\"state\":\"disabled\"");

        HttpResponse<String> refused = send("POST", "/api/v1/ingest?device=noisy", "{\"a\":1}", "");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("device_refused", "Nothing of it was kept");
        post("/api/v1/devices/noisy/enable");
        assertThat(send("POST", "/api/v1/ingest?device=noisy", "{\"a\":1}", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFileIsTakenOverAsAWholeOrNotAtAll() throws Exception {
        String file = "id,family,name,tags,notes,disabled\r\n"
                + "csv-1,paku,\"Saloon, port\",a;b,'=cmd|' /C calc'!A0,false\r\n"
                + "csv-2,iot,Two,,\"two\nlines\",true\r\n";
        String wrong = file + "csv/3,paku,x,,,\r\ncsv-4,pakku,x\u202ey,,,\r\ncsv-1,paku,again,,,\r\n";
        HttpResponse<String> refused = imported(wrong, "");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "line:5:1: character 4 is U+002F",
                        "line:6:7: family: it is no family; did you mean paku?",
                        "line:6:13: name: character 2 is U+202E",
                        "line:7:1: the device is in line 2 already");
        assertThat(ids("?search=csv-")).isEmpty();
        assertThat(imported(file, "?dry_run=true").body()).contains("\"made\":2");
        assertThat(ids("?search=csv-")).isEmpty();

        assertThat(imported(file, "").body()).contains("\"dry_run\":false,\"devices\":2,\"made\":2");

        assertThat(ids("?search=saloon")).containsExactly("csv-1");
        assertThat(ids("?state=disabled")).contains("csv-2");
        assertThat(imported(file, "").body()).contains("line:2:1: csv-1 is registered already", "line:3:1:");
        HttpResponse<String> exported = hub.get("/api/v1/devices?format=csv&search=csv-");
        assertThat(exported.body())
                .contains("csv-1,paku,,,,\"Saloon, port\",,a;b,,'=cmd|' /C calc'!A0,,false,new,,true,,\r\n");
        assertThat(imported(exported.body(), "?on_conflict=update").body())
                .as("what was exported is what is there")
                .contains("\"made\":0,\"changed\":0,\"same\":2");
        String edited = exported.body().replace("Saloon, port", "Saloon");
        assertThat(imported(edited, "?on_conflict=update").body()).contains("\"changed\":1,\"same\":1");
        assertThat(hub.get("/api/v1/audit?subject=device/csv-1").body())
                .contains("\"name\":[\"Saloon, port\",\"Saloon\"]");
    }

    @Test
    void aBatteryThatGrowsWeakIsSeen() throws Exception {
        Instant now = Instant.now();
        hub.keep(battery("sensor", now.minusSeconds(3600), 3012), battery("sensor", now, 2950));
        sum("sensor", now.minus(Duration.ofDays(6)), 3100);
        sum("sensor", now.minus(Duration.ofDays(9)), 9999);

        JsonNode trend = json(hub.get("/api/v1/devices/sensor")).path("trends").path(0);

        assertThat(trend.path("metric").asText()).isEqualTo("battery_mv");
        assertThat(trend.path("value").asDouble()).isEqualTo(2950);
        assertThat(trend.path("change").asDouble()).isEqualTo(-150);
    }

    @Test
    void anImportOfReadingsIsOneEntryHoweverManyPartsItHas() throws Exception {
        String line = "{\"device\":\"import\",\"family\":\"caravan\",\"measured_at\":\"2026-06-01T12:00:0%d.000Z\","
                + "\"received_at\":\"2026-06-01T12:00:00.000Z\",\"metrics\":{\"t\":1}}\n";
        for (int i = 0; i < 3; i++) {
            hub.send(hub.asked("/api/v1/readings")
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofString(line.formatted(i))));
        }
        Await.until("the sum", Duration.ofSeconds(5), () -> audit("?subject=readings")
                .contains("{\"readings\":3}"));
        assertThat(audit("?subject=readings").split("import-readings", -1)).hasSize(2);
    }

    private String audit(String query) {
        try {
            return hub.get("/api/v1/audit" + query).body();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the upkeep would have summed it up. */
    private void sum(String device, Instant at, double value) {
        org.caravanhub.store.SumRows.insert(hub.writer, device, "battery_mv", at, value);
    }

    private static Reading paku(String device, Instant at) {
        return new Reading(
                new Source(device, "paku", "home", "cooling", "", "", ""), at, at, Metrics.of("temperature_c", 4), 0);
    }

    private static Reading reading(String device, Instant at) {
        return new Reading(Source.of(device, "caravan"), at, at, Metrics.of("temperature_c", 20), 0);
    }

    private static Reading battery(String device, Instant at, double millivolts) {
        return new Reading(Source.of(device, "caravan"), at, at, Metrics.of("battery_mv", millivolts), 0);
    }

    private void register(String device, String family) throws Exception {
        HttpResponse<String> answer = imported("id,family\n" + device + "," + family + "\n", "?on_conflict=update");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> imported(String file, String query) throws Exception {
        return hub.send(hub.asked("/api/v1/devices:import" + query)
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(file)));
    }

    private HttpResponse<String> patch(String device, String version, String body) throws Exception {
        return send("PATCH", "/api/v1/devices/" + device, body, version);
    }

    private HttpResponse<String> post(String path) throws Exception {
        return hub.send(hub.asked(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(String method, String path, String body, String version) throws Exception {
        HttpRequest.Builder request = hub.asked(path)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!version.isEmpty()) {
            request.header("If-Match", version);
        }
        return hub.send(request);
    }

    private List<String> ids(String query) throws Exception {
        JsonNode items = json(hub.get("/api/v1/devices" + query)).path("items");
        return Stream.iterate(0, i -> i < items.size(), i -> i + 1)
                .map(i -> items.path(i).path("id").asText())
                .toList();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}

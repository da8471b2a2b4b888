package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Families;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One line a question: name, request, status, what the answer must contain and what it must not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenarioTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    static Path folder;

    private TestHub hub;

    private record Scenario(
            String name,
            String method,
            String path,
            String body,
            List<String> headers,
            int status,
            List<String> contains,
            List<String> not) {
        Scenario contains(String... texts) {
            return new Scenario(name, method, path, body, headers, status, List.of(texts), not);
        }

        Scenario not(String... texts) {
            return new Scenario(name, method, path, body, headers, status, contains, List.of(texts));
        }

        Scenario header(String field, String value) {
            List<String> more = new ArrayList<>(headers);
            more.add(field);
            more.add(value);
            return new Scenario(name, method, path, body, more, status, contains, not);
        }
    }

    @BeforeAll
    void start() throws Exception {
        hub = open(folder);
        for (int i = 0; i < 5; i++) {
            hub.keep(
                    reading("van", NOON.plusSeconds(60L * i), "{\"door\":true,\"temperature_c\":" + (20 + i) + "}", 0));
        }
        hub.keep(reading("hut", NOON, "{\"humidity_percent\":41.5,\"note\":\"=cmd|' /C calc'!A0\"}", Flag.LATE.bit()));
        hub.keep(
                said("status", "{\"state\":\"SLEEP\",\"uptime_s\":61,\"time\":\"2026-06-01T12:00:00Z\"}"),
                said("config/report", "{\"interval_s\":60}"),
                said("event/boot", "{\"time\":\"2026-06-01T12:00:01Z\"}"),
                said("event/gas", "{\"severity\":\"critical\",\"time\":\"2026-06-01T12:00:02Z\",\"message\":\"LPG\"}"),
                said("event/large", "{\"time\":\"2026-06-01T12:00:03Z\",\"a\":\"" + "x".repeat(9000) + "\"}"));
        hub.keep(new Malformed(
                Message.of("caravan/van/telemetry", "{oops".getBytes(StandardCharsets.UTF_8), NOON),
                "van",
                Malformed.Cause.NOT_JSON,
                "not JSON at byte 1"));
        hub.keep(new Malformed(
                Message.of("caravan/hut/telemetry", new byte[] {(byte) 0xff, 0}, NOON),
                "hut",
                Malformed.Cause.NOT_UTF8,
                "not UTF-8 at byte 0"));
    }

    @AfterAll
    void stop() throws Exception {
        hub.close();
    }

    /** A hub that keeps everything where this test wants it. */
    TestHub open(Path data) throws Exception {
        return new TestHub(data);
    }

    @TestFactory
    Stream<DynamicTest> questionsAndAnswers() {
        String june = "from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z";
        return Stream.of(
                        get("health needs nothing", "/health", 200)
                                .contains("{\"status\":\"ok\"}")
                                .header("Authorization", ""),
                        get("checks say what they are", "/api/v1/health", 200)
                                .contains("\"name\":\"test\"", "\"what\":\"fine\"", "\"version\":\"test\""),
                        get("metrics", "/metrics", 200)
                                .contains(
                                        "# TYPE caravan_received_total counter",
                                        "caravan_devices 3",
                                        "caravan_jvm_threads ",
                                        "caravan_db_bytes ",
                                        "caravan_build_info{version=\"test\""),
                        get("devices in order of id", "/api/v1/devices", 200)
                                .contains("{\"items\":[{\"id\":\"hut\"", "\"id\":\"van\"", "\"next_cursor\":null"),
                        get("a page of one device", "/api/v1/devices?limit=1", 200)
                                .contains("\"id\":\"hut\"", "\"next_cursor\":\"")
                                .not("\"id\":\"van\""),
                        get("a device", "/api/v1/devices/van", 200)
                                .contains(
                                        "\"received\":6,\"stored\":5,\"duplicate\":0,\"quarantined\":1",
                                        "\"metrics\":{\"door\":true,\"temperature_c\":24}",
                                        "\"measured_at\":\"2026-06-01T12:04:00.000Z\""),
                        get("how a device is, and is configured", "/api/v1/devices/hut-2", 200)
                                .contains(
                                        "\"status\":{\"state\":\"online\",\"activity\":\"SLEEP\",\"uptime_s\":61,\"rssi_dbm\":null",
                                        "\"as_of\":\"2026-06-01T12:00:00.000Z\"",
                                        "\"document\":{\"interval_s\":60}"),
                        get("a device that never told how it is", "/api/v1/devices/van", 200)
                                .contains("\"status\":null,\"configuration\":null"),
                        get("whether a device is there", "/api/v1/devices/van/presence", 200)
                                .contains(
                                        "{\"device\":\"van\",\"state\":\"online\",\"reason\":\"heard ",
                                        "\"interval_ms\":300000,\"interval_from\":\"assumed\"",
                                        "\"flapping\":false,\"lost_last_hour\":0",
                                        "\"changes\":["),
                        get("whether nobody is there", "/api/v1/devices/nobody/presence", 404)
                                .contains("not_found"),
                        get("how many are there", "/metrics", 200)
                                .contains("caravan_device_presence{state=\"online\"} 3"),
                        get("events, newest first", "/api/v1/devices/hut-2/events?limit=2", 200)
                                .contains(
                                        "{\"items\":[{\"id\":\"3\",\"name\":\"large\"",
                                        "\"details\":null",
                                        "\"severity\":\"critical\",\"message\":\"LPG\"",
                                        "\"next_cursor\":\"")
                                .not("boot"),
                        get("events of nobody", "/api/v1/devices/nobody/events", 404)
                                .contains("not_found"),
                        get("no such device", "/api/v1/devices/nobody", 404)
                                .contains(
                                        "\"code\":\"not_found\"", "\"type\":\"/docs/errors/not_found\"", "request_id"),
                        get("a device's id that cannot be", "/api/v1/devices/a@b", 400)
                                .contains("\"parameter\":\"id\""),
                        get("readings newest first", "/api/v1/readings?device=van&limit=2&" + june, 200)
                                .contains("12:04:00.000Z", "12:03:00.000Z", "\"next_cursor\":\"")
                                .not("12:02:00.000Z", "\"device\":\"hut\""),
                        get("readings of all, oldest first", "/api/v1/readings?order=asc&limit=1&" + june, 200)
                                .contains("\"device\":\"van\"", "12:00:00.000Z"),
                        get("readings as CSV, with formulas made harmless", "/api/v1/readings?format=csv&" + june, 200)
                                .contains(
                                        "measured_at,received_at,device,family,",
                                        ",van,caravan,,,,,,,temperature_c,24\r\n",
                                        ",hut,caravan,,,,,,late,note,'=cmd|' /C calc'!A0\r\n",
                                        ",door,true\r\n"),
                        get("readings as lines", "/api/v1/readings?format=ndjson&device=hut&" + june, 200)
                                .contains("\"flags\":[\"late\"]", "\n"),
                        get(
                                        "a series with gaps",
                                        "/api/v1/series?device=van,hut&metric=temperature_c&agg=minmax&points=4"
                                                + "&from=2026-06-01T11:00:00Z&to=2026-06-01T13:00:00Z",
                                        200)
                                .contains(
                                        "\"bucket_ms\":1800000",
                                        "\"t\":[1780311600000,1780313400000,1780315200000,1780317000000]",
                                        "\"unit\":\"°C\"",
                                        "\"min\":[null,null,20,null],\"max\":[null,null,24,null],\"avg\":[null,null,22,null]",
                                        "\"device\":\"hut\""),
                        get(
                                        "the last of each bucket",
                                        "/api/v1/series?device=van&metric=temperature_c&agg=last&points=4"
                                                + "&from=1780311600000&to=1780318800000",
                                        200)
                                .contains("\"last\":[null,null,24,null]"),
                        get("true is no number", "/api/v1/series?device=van&metric=door&points=2&" + june, 200)
                                .contains("\"avg\":[null]"),
                        get("a metric with a quote", "/api/v1/series?device=van&metric=a%22b&" + june, 400)
                                .contains("\"parameter\":\"metric\""),
                        get("quarantine, newest first", "/api/v1/quarantine", 200)
                                .contains("\"cause\":\"not_utf8\"", "\"reason\":\"not JSON at byte 1\"")
                                .not("payload"),
                        get("quarantine by cause", "/api/v1/quarantine?cause=not_json", 200)
                                .contains("not_json")
                                .not("not_utf8"),
                        get("a message in quarantine", "/api/v1/quarantine/1", 200)
                                .contains("\"payload_text\":\"{oops\"", "\"payload_base64\":\"e29vcHM=\""),
                        get("bytes that are no text", "/api/v1/quarantine/2", 200)
                                .contains("\"payload_text\":null", "\"payload_base64\":\"/wA=\""),
                        get("no such number in quarantine", "/api/v1/quarantine/99", 404)
                                .contains("not_found"),
                        get("a number that is none", "/api/v1/quarantine/abc", 400)
                                .contains("wrong_type"),
                        get("the contract", "/api/v1/openapi.yaml", 200).contains("openapi: 3.1.0"),
                        get("the contract as JSON", "/api/v1/openapi.json", 200).contains("\"openapi\":\"3.1.0\""),
                        get("did you mean", "/api/v1/devices?limt=5", 400)
                                .contains("\"code\":\"invalid_parameter\"", "did you mean limit?"),
                        get("several mistakes at once", "/api/v1/readings?limit=0&order=up&from=yesterday", 400)
                                .contains("out_of_range", "not_allowed", "wrong_type", "3 parameters are wrong"),
                        get("a parameter twice", "/api/v1/devices?limit=5&limit=6", 400)
                                .contains("repeated"),
                        get("from after to", "/api/v1/readings?from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z", 400)
                                .contains("is not before to"),
                        get("a cursor of somebody else", "/api/v1/readings?cursor=bm9wZQ", 400)
                                .contains("cursor"),
                        get("nothing there", "/api/v1/nothing", 404).contains("not_found"),
                        get("nothing there either", "/index.html", 404).contains("not_found"),
                        send("a wrong method", "DELETE", "/api/v1/devices", "", 405)
                                .contains("This path takes GET"),
                        send("no preflight for other origins", "OPTIONS", "/api/v1/devices", "", 405)
                                .header("Origin", "https://evil.example")
                                .not("access-control"),
                        send("a form is not JSON", "POST", "/api/v1/ingest?device=x", "a=1", 415)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .contains("Content-Type: application/json"),
                        send("another charset", "POST", "/api/v1/ingest?device=x", "{}", 415)
                                .header("Content-Type", "application/json; charset=utf-16"),
                        post("nothing of it understood", "/api/v1/ingest?device=tank", "{broken", 422)
                                .contains("malformed_reading", "\"code\":\"not_json\"", "quarantine"),
                        post("a body too large", "/api/v1/ingest?device=tank", "[" + " ".repeat(300_000) + "]", 413)
                                .contains("too_large"),
                        post("a page of another site", "/api/v1/ingest?device=tank", "{\"a\":1}", 403)
                                .header("Sec-Fetch-Site", "cross-site")
                                .contains("cross_site"),
                        get("a user's flow that fails tells nothing", "/hooks/broken", 500)
                                .not("secret", "shadow", "Exception"))
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> check(scenario)));
    }

    private void check(Scenario scenario) throws Exception {
        HttpRequest.Builder request =
                scenario.headers().contains("Authorization") ? hub.to(scenario.path()) : hub.asked(scenario.path());
        for (int i = 0; i < scenario.headers().size(); i += 2) {
            if (!scenario.headers().get(i).equals("Authorization")) {
                request.header(scenario.headers().get(i), scenario.headers().get(i + 1));
            }
        }
        request.method(scenario.method(), HttpRequest.BodyPublishers.ofString(scenario.body()));
        HttpResponse<String> response = hub.send(request);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(scenario.status());
        for (String text : scenario.contains()) {
            assertThat(response.body()).contains(text);
        }
        String all = response.headers().map() + response.body();
        for (String text : scenario.not()) {
            assertThat(all).doesNotContainIgnoringCase(text);
        }
        Headers.areOnlyOurs(response);
    }

    private static Scenario get(String name, String path, int status) {
        return new Scenario(name, "GET", path, "", List.of(), status, List.of(), List.of());
    }

    private static Scenario send(String name, String method, String path, String body, int status) {
        return new Scenario(name, method, path, body, List.of(), status, List.of(), List.of());
    }

    private static Scenario post(String name, String path, String body, int status) {
        return send(name, "POST", path, body, status).header("Content-Type", "application/json");
    }

    private static Outcome said(String what, String payload) {
        Message message = Message.of("caravan/hut-2/" + what, payload.getBytes(StandardCharsets.UTF_8), NOON);
        return Families.caravanDevice().decodeOne(message).get(0);
    }

    private static Reading reading(String device, Instant measuredAt, String metrics, int flags) {
        byte[] json = metrics.getBytes(StandardCharsets.UTF_8);
        return new Reading(Source.of(device, "caravan"), measuredAt, NOON, Metrics.ofChecked(json), flags);
    }
}

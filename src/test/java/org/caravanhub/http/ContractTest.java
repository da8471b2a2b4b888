package org.caravanhub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.caravanhub.api.TestHub;
import org.caravanhub.flow.Expected;
import org.caravanhub.message.Message;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.image.EspImages;
import org.caravanhub.reading.Families;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@code openapi.yaml} promises, held against the routes, the answers and the credentials, operation by operation. */
final class ContractTest {
    /** A value for each parameter that has to be there. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("device", "van"),
            Map.entry("metric", "temperature_c"),
            Map.entry("version", "1.0.0"),
            Map.entry("device_model", "t-display"),
            Map.entry("device_id", "van"),
            Map.entry("current_version", "1.0.0"));

    private static final byte[] IMAGE = EspImages.app(EspImages.ESP32, "t-display", "1.0.0");

    private static final String FLOW =
            "- route: {id: example, from: {uri: 'direct:example', steps: [{log: {message: x}}]}}\n";

    /** A body for each operation that takes one. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("save-flow-file", FLOW),
            Map.entry("check-flow-files", "{\"files\":{\"a.camel.yaml\":\"nothing\"}}"),
            Map.entry("ingest-reading", "{\"temperature_c\":20}"),
            Map.entry("test-flow", "{\"payload\":\"{}\"}"),
            Map.entry("edit-device", "{\"name\":\"Example\"}"),
            Map.entry("edit-firmware", "{\"notes\":\"Sleeps better.\"}"),
            Map.entry("import-devices", "id,family\r\nimported,caravan\r\n"),
            Map.entry("create-command", "{\"name\":\"blink\"}"),
            Map.entry("create-plain-command", "{\"name\":\"blink\"}"),
            Map.entry("save-configuration", "{\"interval_s\":60}"),
            Map.entry("patch-configuration", "{\"interval_s\":30}"),
            Map.entry("provision-device", "{}"),
            Map.entry("provision-seed-device", "{\"model\":\"t-display\"}"),
            Map.entry("mute-alerts", "{\"device\":\"van\",\"for\":\"8h\"}"),
            Map.entry("create-rollout", "{\"model\":\"node\",\"version\":\"1.1.0\",\"name\":\"NAME\"}"),
            Map.entry("preview-rollout", "{\"model\":\"node\",\"version\":\"1.1.0\"}"),
            Map.entry("edit-rollout", "{\"percentage\":100}"),
            Map.entry("advance-rollout", "{\"percentage\":100}"),
            Map.entry("add-firmware-key", key("ci", "RWSYFRn/CiYW034UJ1waFnKkjWz+aFeC2lN3Xx8LSNGNtY6wWuW1F6Du")),
            Map.entry("save-firmware-policy", "{\"signed_only\":false}"),
            Map.entry("report-update", "{\"device_id\":\"van\",\"firmware_version\":\"1.1.0\",\"status\":\"pending\"}"),
            Map.entry(
                    "create-paku-rollout",
                    "{\"name\":\"NAME\",\"firmware_version\":\"1.1.0\",\"device_model\":\"node\",\"target_type\":\"all\"}"),
            Map.entry("make-claim-code", "{\"group\":\"van\"}"),
            Map.entry("make-backup", "{\"label\":\"contract\"}"),
            Map.entry("verify-backup", "{}"),
            Map.entry("preview-restore", "{}"),
            Map.entry(
                    "import-readings",
                    "{\"device\":\"van\",\"family\":\"caravan\",\"measured_at\":\"2026-06-01T12:00:00.000Z\","
                            + "\"received_at\":\"2026-06-01T12:00:01.000Z\",\"metrics\":{\"temperature_c\":20}}"));

    @TempDir
    static Path folder;

    private static TestHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
        Instant now = Instant.now().minusSeconds(60);
        byte[] metrics = "{\"temperature_c\":21.5}".getBytes(StandardCharsets.UTF_8);
        hub.keep(
                new Reading(Source.of("van", "caravan"), now, now, Metrics.ofChecked(metrics), 1),
                new Malformed(
                        Message.of("caravan/van/telemetry", new byte[] {'{'}, now),
                        "van",
                        Malformed.Cause.NOT_JSON,
                        "not JSON at byte 1"),
                said("status", "{\"uptime_s\":61}"),
                said("config/report", "{\"interval_s\":60}"),
                said("event/boot", "{\"reason\":\"power\"}"));
        posted("/api/v1/devices", "{\"id\":\"van\"}");
        hub.ota.publish("node", "1.0.0", "ESP32");
        hub.ota.means("van", hub.ota.publish("node", "1.1.0", "ESP32"));
    }

    private static Outcome said(String what, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return Families.caravanDevice()
                .decodeOne(Message.of("caravan/van/" + what, bytes, Instant.now()))
                .get(0);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    /** Behind a proxy's prefix the same is answered to the same. */
    @Test
    void whatIsBelowAnotherPathTooIsTheSameThere() throws Exception {
        HttpResponse<String> plain = hub.get("/api/admin/devices");
        HttpResponse<String> below = hub.get("/ota/api/admin/devices");

        assertThat(below.statusCode()).isEqualTo(200);
        assertThat(below.body()).isEqualTo(plain.body());
        assertThat(hub.get("/ota/ota/api/admin/devices").statusCode()).isEqualTo(404);
        assertThat(hub.get("/ota/api/v1/devices").statusCode()).isEqualTo(404);
        assertThat(hub.get("/otaapi/admin/devices").statusCode()).isEqualTo(404);
    }

    @Test
    void eachOperationIsOneRouteInAFileOfItsName() throws IOException {
        Map<String, String> promised = new TreeMap<>();
        for (Operation operation : hub.contract.operations()) {
            if (operation.handler().isEmpty()) {
                promised.put(operation.id(), operation.method() + " " + operation.path());
            }
        }
        Map<String, String> kept = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("routes/api"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                String name = file.getFileName().toString().replace(".camel.yaml", "");
                assertThat(first("    id: (.+)", text))
                        .as("route id in %s", file)
                        .isEqualTo(name);
                kept.put(name, first("httpMethodRestrict: (.+)", text) + " " + first(" path: (.+)", text));
            }
        }
        assertThat(kept).isEqualTo(promised);
    }

    @Test
    void everyProblemIsExplained() throws IOException {
        String errors = Files.readString(Path.of("docs/reference/errors.md"));
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(errors).contains("## `" + code.word() + "`");
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAreOfTheShapeThatIsPromised() {
        return hub.contract.operations().stream()
                .filter(operation -> operation.handler().isEmpty())
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    HttpResponse<String> response = hub.send(request(operation, "Bearer " + hub.token.text()));
                    assertThat(response.statusCode()).as(response.body()).isIn(200, 201, 202);
                    checkShape(operation, response);
                }));
    }

    /** Every operation with every credential: only the cells that the contract opens are open. */
    @TestFactory
    Stream<DynamicTest> onlyTheRightCredentialOpensAnOperation() {
        Map<String, String> credentials = Map.of(
                "none",
                "",
                "empty bearer",
                "Bearer ",
                "wrong token",
                "Bearer caravan_0000000000000000000000000000000000000000000",
                "token without its end",
                "Bearer " + hub.token.text().substring(0, hub.token.text().length() - 1),
                "wrong scheme",
                "Token " + hub.token.text(),
                "a device",
                basic(TestHub.DEVICE, TestHub.DEVICE_PASSWORD),
                "a device's wrong password",
                basic(TestHub.DEVICE, "guess"),
                "admin with a device's password",
                basic("admin", TestHub.DEVICE_PASSWORD),
                "broken basic",
                "Basic %%%",
                "admin",
                "Bearer " + hub.token.text());
        return hub.contract.operations().stream().flatMap(operation -> credentials.entrySet().stream()
                .map(credential -> DynamicTest.dynamicTest(operation.id() + " with " + credential.getKey(), () -> {
                    boolean mayAdmin = credential.getKey().equals("admin");
                    boolean mayDevice = credential.getKey().equals("a device")
                            && operation.id().equals("ingest-reading");
                    HttpResponse<java.io.InputStream> response = hub.client.send(
                            request(operation, credential.getValue()).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
                    response.body().close();
                    if (!operation.openBy().isEmpty()) {
                        // Open here; a device's own credential is for itself only, and of some there is nothing.
                        assertThat(response.statusCode()).isIn(200, 304, 400, 403, 404);
                    } else if (operation.isOpen() || mayAdmin || mayDevice) {
                        assertThat(response.statusCode()).isIn(mayDevice ? List.of(403) : List.of(200, 201, 202));
                    } else {
                        // 429: so many wrong ones as here are told to wait.
                        assertThat(response.statusCode()).isIn(401, 403, 429);
                    }
                })));
    }

    private static HttpRequest.Builder request(Operation operation, String authorization) throws Exception {
        if (operation.path().contains("credentials")) {
            posted("/api/v1/devices/van/credentials/replace", "");
        }
        StringBuilder query = new StringBuilder(operation.path().contains("quarantine:") ? "?all=true" : "");
        query.append(operation.id().equals("discard-quarantine") ? "&dry_run=true" : "");
        query.append(operation.id().equals("import-devices") ? "?on_conflict=update" : "");
        query.append(operation.id().equals("remove-firmware") ? "?confirm=0.9.0" : "");
        if (operation.id().equals("unmute-alerts")) {
            posted("/api/v1/alert-mutes", Objects.requireNonNull(BODIES.get("mute-alerts")));
            query.append("?device=van");
        }
        if (operation.id().equals("remove-firmware-key")) {
            posted("/api/v1/firmware-keys", key("frost", "RWTYELJAtk3qywXk6WXxm5BFz7/hdbQ06/4HkKSY4jzbgTLfpd7WWlEL"));
        }
        boolean ofBackups = operation.path().contains("/backups");
        String ofAdmin = "Bearer " + hub.token.text();
        String preview = ofBackups ? backup(operation, authorization.equals(ofAdmin)) : "";
        String path = operation
                .path()
                .replace("backups/{name}", "backups/" + (ofBackups ? backupName(operation) : ""))
                .replace(
                        "{job}",
                        operation.path().contains("{job}") ? hub.backups.idle().id() : "")
                .replace("{id}", changesDevice(operation) ? registered("example") : id(operation.path()))
                .replace("{file}", "0".repeat(32) + ".bin")
                .replace("{path}", "example.camel.yaml")
                .replace("{file}", image().key() + ".bin")
                .replace("{name}", "frost")
                .replace("{number}", "1")
                .replace("{model}", "t-display")
                .replace("{version}", operation.path().contains("/download/") ? image().version() : "{version}")
                .replace("{version}", operation.id().equals("remove-firmware") ? uploaded("0.9.0") : uploaded("1.0.0"))
                .replace("{command}", operation.path().contains("{command}") ? command() : "");
        if (path.contains("example.camel.yaml")) {
            hub.flows.save(
                    "example.camel.yaml", FLOW.getBytes(StandardCharsets.UTF_8), new Expected.Anything(), "test");
        }
        for (Operation.Parameter parameter : operation.parameters()) {
            if (!parameter.isInPath()
                    && (parameter.isRequired() || operation.id().equals("ingest-reading"))) {
                query.append(query.isEmpty() ? '?' : '&');
                query.append(parameter.name()).append('=').append(EXAMPLES.get(parameter.name()));
            }
        }
        HttpRequest.Builder request = hub.to(path + query)
                .method(
                        operation.method(),
                        operation.bodyTypes().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : operation.id().equals("restore-backup")
                                        ? HttpRequest.BodyPublishers.ofString("{\"preview\":\"" + preview + "\"}")
                                        : HttpRequest.BodyPublishers.ofByteArray(bytes(operation)));
        if (operation.handler().equals("ArduinoUpdate")) {
            request.header("x-ESP32-STA-MAC", "24:6F:28:20:E9:A0");
        }
        if (path.contains("example.camel.yaml")
                || operation.id().equals("edit-device")
                || operation.id().equals("edit-rollout")
                || operation.id().equals("edit-firmware")
                || path.endsWith("/configuration")) {
            request.header("If-Match", "*");
        }
        if (!operation.bodyTypes().isEmpty()) {
            String type = operation.bodyTypes().stream().sorted().findFirst().orElseThrow();
            request.header("Content-Type", type.startsWith("multipart/") ? type + "; boundary=line" : type);
        }
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    /** No job is in the way; what is to be restored is prepared, if it will be. The id of the job that prepared it. */
    private static String backup(Operation operation, boolean isAllowed) throws Exception {
        hub.backups.idle();
        String name = backupName(operation);
        if (!operation.id().equals("restore-backup") || !isAllowed) {
            return "";
        }
        posted("/api/v1/backups/" + name + "/preview", "{}");
        return hub.backups.idle().id();
    }

    private static String backupName(Operation operation) throws IOException {
        return operation.id().equals("upload-backup") ? hub.backups.other() : hub.backups.older();
    }

    /** A release that is there. */
    private static String uploaded(String version) {
        try {
            hub.send(hub.asked("/api/v1/firmware/t-display/" + version)
                    .header("Content-Type", "application/octet-stream")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(IMAGE)));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return version;
    }

    private static String key(String name, String line) {
        return "{\"name\":\"" + name + "\",\"key\":\"" + line + "\"}";
    }

    /** A release that may be downloaded. */
    private static Release image() {
        return hub.firmware.ofModel("contract").stream()
                .findFirst()
                .orElseGet(
                        () -> hub.firmware.publish("contract", "1.0.0", new byte[] {(byte) 0xE9, 1, 2, 3, 4, 5, 6, 7}));
    }

    private static boolean changesDevice(Operation operation) {
        return List.of("edit-device", "adopt-device", "disable-device", "enable-device", "remove-device")
                .contains(operation.id());
    }

    /** A device that may be changed or go. */
    private static String registered(String device) {
        String file = "id,family,disabled\n" + device + ",caravan,false\n";
        try {
            hub.send(hub.asked("/api/v1/devices:import?on_conflict=update")
                    .header("Content-Type", "text/csv")
                    .POST(HttpRequest.BodyPublishers.ofString(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return device;
    }

    /** A command that waits; the one before, unless somebody has taken that back. */
    private static String command() {
        try {
            HttpResponse<String> page = hub.get("/api/v1/devices/van/commands?limit=1");
            JsonNode newest =
                    new ObjectMapper().readTree(page.body()).path("items").path(0);
            if (newest.path("state").asText().equals("queued")) {
                return newest.get("id").asText();
            }
            String body = "{\"name\":\"blink\"}";
            HttpResponse<String> made = hub.send(hub.asked("/api/v1/devices/van/commands")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            return new ObjectMapper().readTree(made.body()).get("id").asText();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Operation operation) throws Exception {
        if (operation.bodyTypes().contains("application/octet-stream")) {
            return IMAGE;
        }
        if (operation.bodyTypes().contains("multipart/form-data")) {
            String model = operation.id().equals("upload-firmware-form")
                    ? "--line\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nvan\r\n"
                    : "";
            return EspImages.joined(
                    (model + "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8),
                    IMAGE,
                    "\r\n--line--\r\n".getBytes(StandardCharsets.UTF_8));
        }
        return body(operation).getBytes(StandardCharsets.UTF_8);
    }

    private static String body(Operation operation) throws Exception {
        return operation.id().equals("claim-device")
                ? "{\"code\":\"" + claimCode("code") + "\"}"
                : Objects.requireNonNull(BODIES.get(operation.id()), operation.id())
                        .replace("NAME", "rollout " + hub.ota.rollouts.size());
    }

    private static String rollout() throws Exception {
        String body = "{\"model\":\"node\",\"version\":\"1.1.0\",\"name\":\"made " + hub.ota.rollouts.size() + "\"}";
        String id = new ObjectMapper()
                .readTree(posted("/api/v1/rollouts", body))
                .get("id")
                .asText();
        hub.ota.update(Long.parseLong(id), "van", DeviceUpdate.State.DOWNLOADING, 40, "it is downloading");
        return id;
    }

    private static String claimCode(String member) throws Exception {
        return new ObjectMapper()
                .readTree(posted("/api/v1/claim-codes", "{}"))
                .get(member)
                .asText();
    }

    private static String posted(String path, String body) throws Exception {
        HttpRequest.Builder request = hub.asked(path).POST(HttpRequest.BodyPublishers.ofString(body));
        return hub.send(body.isEmpty() ? request : request.header("Content-Type", "application/json"))
                .body();
    }

    /** Something that is there. */
    private static String id(String path) throws Exception {
        if (path.contains("/v1/rollouts") || path.contains("/admin/rollout")) {
            return rollout();
        }
        if (path.contains("claim-codes")) {
            return claimCode("id");
        }
        if (path.contains("alerts")) {
            hub.alerts.raise(new Notice("frost", "frost", "Frost", "", Priority.HIGH, "van", Instant.now()));
            hub.alerts.look();
            return Long.toString(hub.alerts.open().get(0).id());
        }
        if (path.contains("traces")) {
            return hub.traces.begin("tried-flow", 1).orElseThrow();
        }
        if (path.contains("flows")) {
            return "tried-flow";
        }
        return path.contains("quarantine") ? "1" : "van";
    }

    private static void checkShape(Operation operation, HttpResponse<String> response) throws IOException {
        Conformance conformance = new Conformance(hub.contract.document());
        Map<?, ?> node = hub.contract.document();
        for (String key : List.of("paths", operation.path(), operation.method().toLowerCase(java.util.Locale.ROOT))) {
            node = (Map<?, ?>) Objects.requireNonNull(node.get(key));
        }
        Map<?, ?> responses = (Map<?, ?>) Objects.requireNonNull(node.get("responses"));
        Map<?, ?> content = (Map<?, ?>) Objects.requireNonNull(conformance
                .resolve(Objects.requireNonNull(responses.get(Integer.toString(response.statusCode()))))
                .get("content"));
        String type = response.headers().firstValue("content-type").orElse("");
        assertThat(new ArrayList<Object>(content.keySet())).contains(type);
        if (type.equals("application/json")) {
            JsonNode json = new ObjectMapper().readTree(response.body());
            Object schema =
                    Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(content.get(type))).get("schema"));
            assertThat(conformance.faults(json, schema)).as(response.body()).isEmpty();
        }
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + java.util.Base64.getEncoder().encodeToString(pair);
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}

package org.caravanhub.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device is made with curl and speaks with programs that strangers wrote, on each broker: it is heard, and may do nothing else. The
 * programs are in {@code src/test/clients}; {@code ./caravan test} fetches what they need.
 */
@Timeout(180)
class RealClientsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CLIENTS = Path.of("src/test/clients").toAbsolutePath();
    private static final Path FETCHED = Path.of("target/clients").toAbsolutePath();
    private static final String REFUSED = "135";

    private final Path directory;

    RealClientsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void atMosquittoBesideTheHub() throws IOException {
        // Its access file lets anybody subscribe, and then delivers nothing: EmbeddedBrokerTest.
        at(Map.of("CARAVAN_BROKER", "mosquitto"), "1");
    }

    @Test
    void atTheBrokerInTheProcess() throws IOException {
        at(Map.of("CARAVAN_BROKER", "in-process"), REFUSED);
    }

    @Test
    void atAMosquittoElsewhere() throws IOException {
        try (TestMosquitto mosquitto = TestMosquitto.production().start()) {
            at(
                    Map.of(
                            "CARAVAN_MQTT_URL",
                            mosquitto.url(),
                            "CARAVAN_MQTT_USER",
                            "caravan",
                            "CARAVAN_MQTT_PASSWORD",
                            "hub-secret",
                            "CARAVAN_MQTT_CONTROL_USER",
                            TestMosquitto.CONTROL_USER,
                            "CARAVAN_MQTT_CONTROL_PASSWORD",
                            TestMosquitto.CONTROL_PASSWORD),
                    REFUSED);
        }
    }

    private void at(Map<String, String> broker, String greedy) throws IOException {
        Map<String, String> settings = new HashMap<>(broker);
        settings.put("CARAVAN_MQTT_PORT", String.valueOf(Ports.free()));
        settings.put("CARAVAN_COMMIT_PACE", "0ms");
        Path data = directory.resolve("data");
        try (HubProcess hub = HubProcess.start(data, settings)) {
            Path token = header(data);
            JsonNode gate = curl(hub, token, "POST", "/api/v1/devices", "{\"id\": \"gate\"}");
            assertThat(gate.path("verified").asBoolean())
                    .as(gate.path("not_verified").asText())
                    .isTrue();
            JsonNode mast = curl(hub, token, "POST", "/api/v1/devices", "{\"id\": \"mast\"}");
            int port = settings.containsKey("CARAVAN_MQTT_URL")
                    ? URI.create(settings.get("CARAVAN_MQTT_URL")).getPort()
                    : Integer.parseInt(settings.get("CARAVAN_MQTT_PORT"));

            int sent = 0;
            for (List<String> client : clients()) {
                String reading =
                        "{\"ts\": \"2026-06-01T12:00:0" + ++sent + "Z\", \"metrics\": {\"temperature_c\": 21}}";
                assertThat(run(
                                client,
                                port,
                                gate,
                                "publish",
                                "caravan/gate/telemetry",
                                reading,
                                "publish",
                                "caravan/mast/telemetry",
                                reading,
                                "publish",
                                "$CONTROL/dynamic-security/v1",
                                "{}",
                                "subscribe",
                                "caravan/gate/cmd",
                                "subscribe",
                                "#",
                                "subscribe",
                                "caravan/mast/cmd",
                                "subscribe",
                                "$SYS/#"))
                        .as(client.toString())
                        .startsWith("connect 0")
                        .satisfies(lines -> assertThat(lines.get(1))
                                .isIn("publish caravan/gate/telemetry 0", "publish caravan/gate/telemetry 16"))
                        .endsWith(
                                "publish caravan/mast/telemetry " + REFUSED,
                                "publish $CONTROL/dynamic-security/v1 " + REFUSED,
                                "subscribe caravan/gate/cmd 1",
                                "subscribe # " + greedy,
                                "subscribe caravan/mast/cmd " + greedy,
                                "subscribe $SYS/# " + greedy);
                ((ObjectNode) mast).put("user", "gate");
                List<String> refused = run(client, port, mast, "publish", "caravan/gate/telemetry", reading);
                assertThat(refused).as("with the password of another").hasSize(1);
                assertThat(refused.get(0)).isIn("connect 134", "connect 135");
            }
            int all = sent;
            Await.until("all readings are seen", Duration.ofSeconds(40), () -> {
                JsonNode seen = curl(hub, token, "GET", "/api/v1/devices/gate", "");
                return seen.path("stored").asInt() == all;
            });
            curl(hub, token, "POST", "/api/v1/devices/gate/credentials/revoke", "");
            assertThat(run(clients().get(0), port, gate)).hasSize(1).doesNotContain("connect 0");
        }
    }

    private static List<List<String>> clients() {
        List<List<String>> clients = new ArrayList<>();
        String python = "/usr/bin/python3";
        needed(exit(List.of(python, "-c", "import paho.mqtt")) == 0, "python3-paho-mqtt is not installed");
        clients.add(List.of(python, CLIENTS.resolve("client.py").toString()));
        needed(
                Files.isDirectory(FETCHED.resolve("node_modules/mqtt")),
                "mqtt.js was not fetched: ./caravan test does it");
        clients.add(List.of("node", CLIENTS.resolve("client.js").toString()));
        return clients;
    }

    /** What is missing is said, and nobody takes it for tested where it counts. */
    private static void needed(boolean isThere, String missing) {
        if (!isThere && System.getenv("CI") != null) {
            Assertions.fail(missing);
        }
        Assumptions.assumeTrue(isThere, missing);
    }

    private static List<String> run(List<String> client, int port, JsonNode device, String... todo) {
        List<String> command = new ArrayList<>(client);
        command.addAll(
                List.of("127.0.0.1", String.valueOf(port), device.path("user").asText()));
        command.addAll(List.of(todo));
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().put("CLIENT_PASSWORD", device.path("password").asText());
        program.environment().put("NODE_PATH", FETCHED.resolve("node_modules").toString());
        return output(program).lines().toList();
    }

    /** curl takes the token from a file: what is on a command line can be read by every user. */
    private Path header(Path data) throws IOException {
        Path file = Files.createFile(
                directory.resolve("header"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file,
                "Authorization: Bearer "
                        + Files.readString(data.resolve("admin.token")).strip());
    }

    private static JsonNode curl(HubProcess hub, Path header, String method, String path, String body) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "-X",
                method,
                "-H",
                "@" + header,
                "-H",
                "Content-Type: application/json",
                hub.url() + path));
        if (!body.isEmpty()) {
            command.addAll(List.of("-d", body));
        }
        String answer = output(new ProcessBuilder(command).redirectErrorStream(true));
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new AssertionError(answer, e);
        }
    }

    private static int exit(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static String output(ProcessBuilder program) {
        try {
            Process process = program.start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

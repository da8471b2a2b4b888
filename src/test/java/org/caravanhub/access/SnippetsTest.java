package org.caravanhub.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.device.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What people paste works as it is printed. */
class SnippetsTest {
    private static final Path STUBS = Path.of("src/test/resources/snippet");
    private static final BrokerAddress BROKER = new BrokerAddress("192.168.1.20", 1883, false);

    @TempDir
    Path folder;

    static Stream<Registration.Topics> families() {
        return Stream.of(
                new Registration.Topics("caravan", "", ""),
                new Registration.Topics("paku", "paku", "heater"),
                new Registration.Topics("alona", "", ""),
                new Registration.Topics("iot", "cottage", ""),
                new Registration.Topics("ecoflow", "", ""),
                new Registration.Topics("esphome", "", ""));
    }

    @Test
    void whatIsPastedIntoAShellIsKeptByTheHub() throws Exception {
        try (WholeHub hub = new WholeHub(folder.resolve("data"), "mosquitto")) {
            int number = 0;
            for (Registration.Topics topics : families().toList()) {
                String id = "hut-" + ++number;
                JsonNode issued = hub.post(
                        "/api/v1/devices",
                        "{\"id\":\"%s\",\"family\":\"%s\",\"site\":\"%s\",\"system\":\"%s\"}"
                                .formatted(id, topics.family(), topics.site(), topics.system()));
                for (String kind : List.of("mosquitto_pub", "curl")) {
                    JsonNode answer = hub.get("/api/v1/devices/" + id + "/snippets?for=" + kind);
                    String text = answer.get("items")
                            .get(0)
                            .get("text")
                            .asText()
                            .replace(
                                    answer.get("placeholder").asText(),
                                    issued.get("password").asText());
                    Await.until(kind + " of " + topics, Duration.ofSeconds(4), () -> run("sh", "-c", text) == 0);
                    assertThat(commandLines(text))
                            .doesNotContain(issued.get("password").asText());
                }
            }
            for (String said : List.of("hut-1", "hut-2", "hut-3", "bme280-1", "ecoflow-DCABZ0000000001", "hut-6")) {
                Await.until(
                        said + " is kept",
                        Duration.ofSeconds(10),
                        () -> hub.get("/api/v1/devices/" + said).path("stored").asInt() > 0);
            }
            assertThat(hub.get("/api/v1/ledger").get("quarantined").asInt()).isZero();
        }
    }

    /** What would be in the list of processes: everything but what is between << and END. */
    private static String commandLines(String text) {
        return text.replaceAll("(?s)<<'END'.*?\nEND\n", "");
    }

    @ParameterizedTest
    @MethodSource("families")
    void esphomeReadsItAndItHasNoApi(Registration.Topics topics) {
        String text = snippet("esphome", topics);
        Object yaml = new Load(LoadSettings.builder()
                        .setTagConstructors(
                                Map.of(new Tag("!lambda"), node -> "lambda", new Tag("!secret"), node -> "secret"))
                        .build())
                .loadFromString(text);
        assertThat(((Map<?, ?>) yaml).get("mqtt")).isNotNull();
        assertThat(String.valueOf(((Map<?, ?>) yaml).get("update")))
                .contains("http://hut-1~2:" + Snippets.PASSWORD
                        + "@192.168.1.20:8080/ota/d/hut-1/manifest.json?current=${version}");
        assertThat(text).doesNotContain("\napi:").contains("discovery: false");
    }

    @ParameterizedTest
    @MethodSource("families")
    void pythonAndTwoCompilersReadIt(Registration.Topics topics) throws Exception {
        Path python = Files.writeString(folder.resolve("main.py"), snippet("micropython", topics));
        assertThat(run("python3", "-c", "import ast,sys; ast.parse(open(sys.argv[1]).read())", python.toString()))
                .isZero();
        for (String kind : List.of("arduino", "esp-idf")) {
            String text = snippet(kind, topics);
            assertThat(text.chars().filter(c -> c == '{').count())
                    .isEqualTo(text.chars().filter(c -> c == '}').count());
            assertThat(text.replaceAll("\\{(payload|[a-z-]+:[a-z-]+|id|user|password|host|port|topic)}", "?"))
                    .as("nothing is left to fill in")
                    .isEqualTo(text);
            assumeThat(run("g++", "--version")).as("g++ is there").isZero();
            Path source = Files.writeString(
                    folder.resolve(kind + ".cpp"), kind.equals("arduino") ? "#include \"Arduino.h\"\n" + text : text);
            assertThat(run("g++", "-fsyntax-only", "-Wall", "-I", STUBS.toString(), source.toString()))
                    .as(text)
                    .isZero();
        }
    }

    private static String snippet(String kind, Registration.Topics topics) {
        Instant now = Instant.EPOCH;
        Registration hut =
                new Registration("hut-1", topics, "", "", "", List.of(), "", "", Optional.empty(), false, now, now);
        return Snippets.text(kind, hut, "hut-1~2", BROKER, "http://192.168.1.20:8080");
    }

    private int run(String... command) {
        try {
            Path said = folder.resolve("said");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
            builder.environment().put("HOME", folder.toString());
            Process process = builder.start();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + List.of(command));
            }
            if (process.exitValue() != 0) {
                System.err.println(new String(Files.readAllBytes(said), UTF_8));
            }
            return process.exitValue();
        } catch (IOException e) {
            return 127;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

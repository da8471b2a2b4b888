package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flow files are broken in every way while devices speak: nothing is lost, nothing else stops, and each mistake is told at its place. */
class BadEditsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PATH = "users/victim.camel.yaml";

    @TempDir
    Path folder;

    private final List<Long> toldMillis = new ArrayList<>();
    private final List<Long> curedMillis = new ArrayList<>();

    @Test
    void badEditsStopNothing() throws Exception {
        edit(BadEdit.values().length);
    }

    @Test
    @Tag("endurance")
    void twoHundredBadEditsStopNothing() throws Exception {
        edit(200);
        System.out.println(
                "told after ms: " + figures(toldMillis) + "; good edit runs after ms: " + figures(curedMillis));
    }

    private void edit(int edits) throws Exception {
        Random random = new Random(edits);
        Path data = Files.createDirectories(folder.resolve("data"));
        Path routes = copyOfShipped(folder.resolve("routes"));
        Path file = routes.resolve(PATH);
        Files.createDirectories(file.getParent());
        Files.writeString(file, good(0));
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (TestMosquitto broker =
                TestMosquitto.open().with("max_inflight_messages 1000").start()) {
            try (HubProcess hub = HubProcess.start(data, broker, routes)) {
                Load load = Load.start(Load.Plan.of(broker.port(), 1_000_000).perSecond(100), published);
                for (int i = 0; i < edits; i++) {
                    BadEdit bad = BadEdit.values()[i % BadEdit.values().length];
                    long brokenAt = System.nanoTime();
                    bad.apply(file, good(i), random);
                    awaitTold(hub, data, bad);
                    toldMillis.add((System.nanoTime() - brokenAt) / 1_000_000);

                    long curedAt = System.nanoTime();
                    BadEdit.write(file, good(i + 1), random);
                    awaitRunning(hub, data, bad);
                    curedMillis.add((System.nanoTime() - curedAt) / 1_000_000);
                }
                load.stop();
                load.await();
                Conservation.awaitAll(published, database, PATIENCE);
                assertOthersNeverStopped(hub);
                hub.stop();
            }
            BadEdit.UNKNOWN_STEP.apply(file, good(edits), random);
            try (HubProcess hub = HubProcess.start(data, broker, routes)) {
                awaitTold(hub, data, BadEdit.UNKNOWN_STEP);
                assertThat(fileState(hub, data).path("flows").path(0).asText()).isEqualTo("victim");
                assertThat(hub.checks(data)).contains(PATH + ":9:", "caravan flow check " + PATH);
            }
        }
        Conservation.holds(published, database);
    }

    private static void awaitTold(HubProcess hub, Path data, BadEdit bad) {
        Await.until(bad + " is told, see " + hub.output(), PATIENCE, () -> {
            JsonNode file = fileState(hub, data);
            String state = file.path("state").asText();
            return state.equals(bad == BadEdit.DELETED ? "gone" : "rejected");
        });
        JsonNode file = fileState(hub, data);
        JsonNode mistake = file.path("errors").path(0);
        assertThat(mistake.path("file").asText()).as(bad + ": " + file).isEqualTo(PATH);
        assertThat(file.path("flows").path(0).asText()).as(bad + ": " + file).isEqualTo("victim");
        if (!bad.code.isEmpty()) {
            assertThat(mistake.path("code").asText()).as(bad + ": " + file).isEqualTo(bad.code);
        }
        if (bad.line > 0) {
            assertThat(mistake.path("line").asInt()).as(bad + ": " + file).isEqualTo(bad.line);
            assertThat(mistake.path("column").asInt()).as(bad + ": " + file).isPositive();
        }
    }

    private static void awaitRunning(HubProcess hub, Path data, BadEdit after) {
        Await.until(
                "a good edit after " + after + " runs, see " + hub.output(),
                PATIENCE,
                () -> fileState(hub, data).path("state").asText().equals("running"));
    }

    private static JsonNode fileState(HubProcess hub, Path data) {
        try {
            for (JsonNode file : new ObjectMapper()
                    .readTree(hub.get(data, "/api/v1/flow-files"))
                    .path("items")) {
                if (file.path("path").asText().equals(PATH)) {
                    return file;
                }
            }
            return new ObjectMapper().createObjectNode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A flow that is started anew connects anew, and says so in the log. */
    private static void assertOthersNeverStopped(HubProcess hub) throws IOException {
        List<String> connections = Files.readAllLines(hub.output()).stream()
                .filter(line -> line.contains("mqtt connected flow=") && !line.contains("flow=victim"))
                .map(line -> line.replaceAll(".*flow=(\\S+).*", "$1"))
                .toList();
        assertThat(connections).doesNotHaveDuplicates().contains("paku-data");
    }

    private static Path copyOfShipped(Path to) throws IOException {
        Path from = Path.of("routes");
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path file : tree.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return to;
    }

    private static String good(int number) {
        return """
                - route:
                    id: victim
                    group: users
                    description: In order, edit %d.
                    from:
                      uri: mqtt:victim/in
                      parameters: {qos: 1}
                      steps:
                        - log:
                            id: tell-victim
                            message: edit %d
                        - setBody:
                            id: note-victim
                            expression:
                              simple:
                                expression: ${body} and more
                """.formatted(number, number);
    }

    private static String figures(List<Long> millis) {
        Collections.sort(millis);
        return "median " + millis.get(millis.size() / 2) + ", most " + millis.get(millis.size() - 1);
    }
}

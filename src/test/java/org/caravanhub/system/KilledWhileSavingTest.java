package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while a flow is saved over HTTP: afterwards there is the old version or the new one, whole, and it runs. */
@Tag("endurance")
class KilledWhileSavingTest {
    private static final String PATH = "users%2Flamp.camel.yaml";

    @TempDir
    Path folder;

    @Test
    void afterAKillThereIsTheOldVersionOrTheNewOne() throws Exception {
        Random random = new Random(5);
        Path data = Files.createDirectories(folder.resolve("data"));
        Path routes = folder.resolve("routes");
        Files.createDirectories(routes.resolve("users"));
        for (String shipped : new String[] {"api", "shared"}) {
            Files.createDirectories(routes.resolve(shipped));
            try (Stream<Path> files = Files.list(Path.of("routes", shipped))) {
                for (Path file : files.toList()) {
                    Files.copy(file, routes.resolve(shipped).resolve(file.getFileName()));
                }
            }
        }
        Path file = routes.resolve("users/lamp.camel.yaml");
        Files.writeString(file, text(0));
        int saved = 0;
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            for (int kill = 0; kill < 5; kill++) {
                try (HubProcess hub = HubProcess.start(data, broker, routes)) {
                    JsonNode state = lamp(hub, data);
                    assertThat(state.path("state").asText())
                            .as(state.toString())
                            .isEqualTo("running");
                    Thread saver = saver(hub, data, saved);
                    saver.start();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(1500)));
                    hub.kill();
                    saver.join();
                }
                String found = Files.readString(file);
                saved = Integer.parseInt(found.replaceAll("(?s).*message: edit (\\d+).*", "$1"));
                assertThat(found).isEqualTo(text(saved));
                try (Stream<Path> versions = Files.walk(data.resolve("flows"))) {
                    assertThat(versions.filter(one -> one.toString().endsWith(".version")))
                            .allSatisfy(one -> assertThat(Files.size(one)).isPositive());
                }
            }
        }
        assertThat(saved).as("saves that went well").isPositive();
    }

    /** Saves one version after the other until the hub is gone. */
    private static Thread saver(HubProcess hub, Path data, int after) {
        return new Thread(() -> {
            for (int i = after + 1; i < after + 1000; i++) {
                try {
                    HttpResponse<String> answer = hub.put(data, "/api/v1/flow-files/" + PATH, text(i));
                    if (!Set.of(200).contains(answer.statusCode())) {
                        return;
                    }
                } catch (java.io.IOException e) {
                    return;
                }
            }
        });
    }

    private static JsonNode lamp(HubProcess hub, Path data) throws Exception {
        for (JsonNode file :
                new ObjectMapper().readTree(hub.get(data, "/api/v1/flow-files")).path("items")) {
            if (file.path("path").asText().equals("users/lamp.camel.yaml")) {
                return file;
            }
        }
        throw new AssertionError("no lamp");
    }

    private static String text(int number) {
        return """
                - route:
                    id: lamp
                    description: In order.
                    from:
                      uri: direct:lamp
                      steps:
                        - log:
                            id: tell-lamp
                            message: edit %d
                """.formatted(number) + "# padding\n".repeat(1000);
    }
}

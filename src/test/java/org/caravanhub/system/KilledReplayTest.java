package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow was missing, and is there again; while its messages are replayed the hub is killed, again and again. */
class KilledReplayTest {
    private static final int MESSAGES = 4000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REPLAY = "/api/v1/quarantine:replay?cause=unknown_topic&limit=20";

    @TempDir
    Path folder;

    @Test
    void everyMessageGetsInOnceHoweverOftenTheHubIsKilled() throws Exception {
        Path data = folder.resolve("data");
        Path routes = folder.resolve("routes");
        copy(Path.of("routes"), routes);
        Path flow = routes.resolve("reading/caravan-telemetry.camel.yaml");
        byte[] missing = Files.readAllBytes(flow);
        Files.delete(flow);
        HubDatabase database = new HubDatabase(data);
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            HubProcess hub = start(data, routes, broker);
            try {
                publish(broker.port());
                Await.until("all are in quarantine", PATIENCE, () -> inQuarantine(database) == MESSAGES);
                hub.kill();

                Files.write(flow, missing);
                Random random = new Random(1);
                for (int kill = 0; kill < 4; kill++) {
                    hub = start(data, routes, broker);
                    replayAndKill(hub, data, database, 100 + random.nextInt(200));
                }
                hub = start(data, routes, broker);
                HubProcess last = hub;
                Await.until("all are replayed", PATIENCE, () -> {
                    last.post(data, REPLAY);
                    return inQuarantine(database) == 0;
                });
            } finally {
                hub.close();
            }
        }

        assertThat(database.readings()).isEqualTo(MESSAGES);
        assertThat(database.number("select stored from ledger where flow = 'caravan-telemetry'"))
                .isEqualTo(MESSAGES);
        assertThat(database.number("select received from ledger where flow = 'unknown-topic'"))
                .isZero();
        assertThat(database.number("select received - stored from device where id = 'k'"))
                .isZero();
    }

    /** While requests go on, it is killed as soon as so many more are gone. */
    private static void replayAndKill(HubProcess hub, Path data, HubDatabase database, int more)
            throws InterruptedException {
        long enough = inQuarantine(database) - more;
        Thread asks = new Thread(() -> {
            while (hub.isAlive()) {
                hub.post(data, REPLAY);
            }
        });
        asks.start();
        Await.until(more + " more are replayed", PATIENCE, () -> inQuarantine(database) <= enough);
        hub.kill();
        asks.join();
    }

    private static long inQuarantine(HubDatabase database) {
        return database.number("select count(*) from quarantine");
    }

    private static HubProcess start(Path data, Path routes, TestMosquitto broker) throws IOException {
        Files.createDirectories(data);
        return HubProcess.start(data, data.resolve("output.log"), broker, "env", "CARAVAN_ROUTES=" + routes);
    }

    private static void publish(int port) throws Exception {
        Process publisher = new ProcessBuilder(
                        "sh",
                        "-c",
                        "seq -f '{\"n\":%.0f}' 1 " + MESSAGES + " | mosquitto_pub -l -q 1 -t caravan/k/telemetry -p "
                                + port)
                .inheritIO()
                .start();
        assertThat(publisher.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}

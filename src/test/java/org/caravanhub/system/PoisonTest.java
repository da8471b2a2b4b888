package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.bench.Load;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenth of all messages is poison, and the broker hands out no more than 100 unacknowledged: poison must not fill that up. */
class PoisonTest {
    private static final int MESSAGES = 5000;

    @TempDir
    Path data;

    @TempDir
    Path payloads;

    @Test
    void poisonIsSetAsideWithItsReasonAndHoldsUpNobody() throws Exception {
        HubDatabase database = new HubDatabase(data);
        PublisherLog published = new PublisherLog();
        try (TestMosquitto broker =
                TestMosquitto.open().with("max_inflight_messages 100").start()) {
            try (HubProcess hub = HubProcess.start(data, broker)) {
                for (byte[] poison : poison()) {
                    publish(broker, poison);
                    published.addMalformed(1);
                }
                Load.run(Load.Plan.of(broker.port(), MESSAGES).malformedPerThousand(100), published);
                long all = published.goodCount() + published.malformedCount();
                Await.until(
                        all + " messages are counted, see " + hub.output(),
                        Duration.ofSeconds(20),
                        () -> database.ledger().received() >= all);
                hub.stop();
            }
        }
        Conservation.holdsExactly(published, database);
        assertThat(database.reasons()).hasSize((int) published.malformedCount()).noneMatch(String::isBlank);
    }

    /** What a broken or hostile device may send, beyond what a {@link Load} does. */
    private static List<byte[]> poison() {
        String before = "{\"timestamp\": \"2026-01-01T00:00:00Z\", \"device_id\": \"bad\", \"metrics\": ";
        return List.of(
                new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe},
                "[".repeat(100_000).getBytes(StandardCharsets.UTF_8),
                (before + "{\"temperature_c\": 1e400}}").getBytes(StandardCharsets.UTF_8),
                (before + "{\"temperature_c\": NaN}}").getBytes(StandardCharsets.UTF_8),
                (before + "{\"temperature_c\": 1, \"temperature_c\": 2}}").getBytes(StandardCharsets.UTF_8),
                (before + "{\"temperature_c\": 1}} trailing").getBytes(StandardCharsets.UTF_8),
                (before + "{\"temperature_c\": " + "9".repeat(5000) + "}}").getBytes(StandardCharsets.UTF_8),
                (before + "{\"note\": \"" + "x".repeat(300_000) + "\"}}").getBytes(StandardCharsets.UTF_8));
    }

    private void publish(TestMosquitto broker, byte[] payload) throws Exception {
        Path file = Files.write(payloads.resolve("payload"), payload);
        Process process = new ProcessBuilder(
                        "mosquitto_pub",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(broker.port()),
                        "-q",
                        "1",
                        "-t",
                        "paku/sensors/bad/data",
                        "-f",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}

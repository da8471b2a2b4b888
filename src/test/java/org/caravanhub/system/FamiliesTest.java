package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.bench.PublisherLog;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each family's topic reaches its own flow, and what reaches none is set aside, once. */
class FamiliesTest {
    private static final Path CAPTURED = Path.of("src/test/resources/captured/reading");

    @TempDir
    Path data;

    @Test
    void aReadingOfEachFamilyIsKeptAndATopicNobodyReadsIsSetAside() throws Exception {
        HubDatabase database = new HubDatabase(data);
        try (TestMosquitto broker = TestMosquitto.open().start();
                HubProcess hub = HubProcess.start(data, broker)) {
            publish(broker, "paku/sensors/ruuvi_2_Paku/data", "paku-data/ruuvi.json");
            publish(broker, "paku/ruuvi/van_inside", "paku-ruuvi/minimal.json");
            publish(broker, "alona/node-001/telemetry/temperature", "alona-telemetry/temperature.json");
            publish(broker, "caravan/hut-1/telemetry", "caravan-telemetry/array.json");
            publish(broker, "caravan/hut-1/telemetri", "caravan-telemetry/flat.json");
            Await.until(
                    "7 outcomes are counted, see " + hub.output(),
                    Duration.ofSeconds(20),
                    () -> database.ledger().received() >= 7);
            hub.stop();
        }
        assertThat(database.entries())
                .extracting(PublisherLog.Entry::device)
                .containsExactlyInAnyOrder("ruuvi_2_Paku", "van_inside", "node-001", "hut-1", "hut-1", "hut-1");
        assertThat(database.reasons())
                .containsExactly("no flow reads the topic \"caravan/hut-1/telemetri\"; the nearest known shape is"
                        + " caravan/{device}/telemetry");
    }

    private static void publish(TestMosquitto broker, String topic, String file) throws Exception {
        String port = Integer.toString(broker.port());
        String payload = CAPTURED.resolve(file).toString();
        Process process = new ProcessBuilder(
                        "mosquitto_pub", "-h", "127.0.0.1", "-p", port, "-q", "1", "-t", topic, "-f", payload)
                .inheritIO()
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}

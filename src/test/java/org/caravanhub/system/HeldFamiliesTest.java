package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where unknown devices are held, each family's messages wait, and go in when their device is adopted, after a restart too. */
class HeldFamiliesTest {
    private static final Path CAPTURED = Path.of("src/test/resources/captured/reading");
    private static final String[][] SAID = {
        {"paku/sensors/ruuvi_2_Paku/data", "paku-data/ruuvi.json"},
        {"alona/node-001/telemetry/temperature", "alona-telemetry/temperature.json"},
        {"alona/node-001/event/boot", "alona-node/event-boot.json"},
        {"caravan/hut-1/telemetry", "caravan-telemetry/flat.json"},
        {"caravan/hut-1/status", "caravan-device/status.json"},
        {"iot/cottage/gw-01/greenhouse/bme280-1/temperature", "iot/temperature.json"},
        {"hut-2/sensor/outside_temperature/state", "esphome-state/temperature.txt"},
        {"ruuvi/AA:BB:CC:DD:EE:FF/C8:25:2D:8E:9C:2C", "ruuvi-gateway/format-5.json"},
        {"ecoflow/galley/DCABZ0000000001", "ecoflow-bridge/hub-names.json"},
        {"ecoflow/galley/status", "ecoflow-bridge/bridge-status.json"}
    };

    @TempDir
    Path data;

    @Test
    void eachWaitsAndGoesInOnce() throws Exception {
        Files.writeString(data.resolve("caravan.properties"), "caravan.devices.unknown = hold\n");
        HubDatabase database = new HubDatabase(data);
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            try (HubProcess hub = HubProcess.start(data, broker)) {
                for (String[] said : SAID) {
                    publish(broker, said[0], said[1]);
                }
                Await.until(
                        "all are counted, see " + hub.output(),
                        Duration.ofSeconds(30),
                        () -> database.ledger().received() >= SAID.length);
                assertThat(database.ledger()).isEqualTo(new HubDatabase.Ledger(SAID.length, 0, 0, SAID.length));
                // What has no time of its own cannot be told from a repeat; so nothing is to be repeated.
                Await.until("all are acknowledged", Duration.ofSeconds(30), () -> acknowledged(hub));
                hub.kill();
            }
            try (HubProcess hub = HubProcess.start(data, broker)) {
                JsonNode unknown = new ObjectMapper()
                        .readTree(hub.get(data, "/api/v1/devices?registered=false"))
                        .path("items");
                List<String> devices = unknown.findValuesAsText("id");
                assertThat(devices).hasSize(7);
                for (String device : devices) {
                    String adopted = hub.post(data, "/api/v1/devices/" + device + "/adopt")
                            .orElseThrow();
                    assertThat(adopted)
                            .contains("\"state\":\"done\"", "\"left\":0")
                            .doesNotContain("\"family\":\"\"");
                }
                assertThat(database.reasons()).isEmpty();
                HubDatabase.Ledger ledger = database.ledger();
                // The broker brings again what the killed hub had committed and not yet acknowledged.
                assertThat(ledger.received() - ledger.duplicate()).isEqualTo(SAID.length);
                assertThat(ledger.stored()).isEqualTo(SAID.length);
                hub.stop();
            }
        }
    }

    private boolean acknowledged(HubProcess hub) {
        String metrics = hub.get(data, "/metrics");
        return metrics.contains("caravan_mqtt_pending{")
                && metrics.lines()
                        .filter(line -> line.startsWith("caravan_mqtt_pending{"))
                        .allMatch(line -> line.endsWith(" 0"));
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

package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each family's topic reaches its own flow and no other, and what reaches none is set aside, once. */
class FamiliesTest {
    private static final Path CAPTURED = Path.of("src/test/resources/captured/reading");

    /** A message, and the flow that keeps it. */
    private record Said(String topic, String file, String flow) {}

    private static final List<Said> SAID = List.of(
            new Said("paku/sensors/ruuvi_2_Paku/data", "paku-data/ruuvi.json", "paku-data"),
            new Said("paku/ruuvi/van_inside", "paku-ruuvi/minimal.json", "paku-ruuvi"),
            new Said("paku/edge/ESP32-20E955A0/status", "paku-edge/status-1.json", "paku-edge"),
            new Said("paku/heater/webasto/status", "paku-edge/status-heater.json", "paku-edge"),
            new Said("paku/edge/ESP32-20E955A0/config", "paku-edge/config.json", "paku-edge"),
            new Said("paku/edge/ESP32-20E955A0/config/report", "paku-edge/config-report.json", "paku-edge"),
            new Said("paku/devkit-1/telemetry", "paku-device/telemetry.json", "paku-device"),
            new Said("paku/devkit-1/state", "paku-device/state.json", "paku-device"),
            new Said("paku/devkit-1/event/ack", "paku-device/event-ack.json", "paku-device"),
            new Said("alona/node-001/telemetry/temperature", "alona-telemetry/temperature.json", "alona-telemetry"),
            new Said("alona/node-001/event/boot", "alona-node/event-boot.json", "alona-node"),
            new Said("alona/node-001/heartbeat", "alona-node/heartbeat.json", "alona-node"),
            new Said("alona/node-001/status", "alona-node/status-word.txt", "alona-node"),
            new Said("alona/node-001/error", "alona-node/error.json", "alona-node"),
            new Said("caravan/hut-1/telemetry", "caravan-telemetry/flat.json", "caravan-telemetry"),
            new Said("caravan/hut-1/status", "caravan-device/status.json", "caravan-device"),
            new Said("caravan/hut-1/event/low_battery", "caravan-device/event.json", "caravan-device"),
            new Said("caravan/hut-1/config/report", "caravan-device/config-report.json", "caravan-device"),
            new Said("iot/cottage/gw-01/greenhouse/bme280-1/temperature", "iot/temperature.json", "iot"),
            new Said("iot/cottage/gw-01/greenhouse/bme280-1/status", "iot/status.json", "iot"),
            new Said("iot/cottage/gw-01/_gateway/status", "iot/status-updating.json", "iot"),
            new Said("iot/cottage/gw-01/greenhouse/bme280-1/events", "iot/event.json", "iot"),
            new Said("iot/cottage/gw-01/greenhouse/bme280-1/commands/response", "iot/command-response.json", "iot"),
            new Said("hut-2/sensor/outside_temperature/state", "esphome-state/temperature.txt", "esphome-state"),
            new Said("hut-2/binary_sensor/door/state", "esphome-state/door.txt", "esphome-state"),
            new Said("hut-2/status", "esphome-status/online.txt", "esphome-status"),
            new Said("ruuvi/AA:BB:CC:DD:EE:FF/C8:25:2D:8E:9C:2C", "ruuvi-gateway/format-5.json", "ruuvi-gateway"),
            new Said("ruuvi/AA:BB:CC:DD:EE:FF/gw_status", "ruuvi-gateway/gateway-online.json", "ruuvi-gateway"),
            new Said("ecoflow/galley/DCABZ0000000001", "ecoflow-bridge/hub-names.json", "ecoflow-bridge"),
            new Said("ecoflow/galley/status", "ecoflow-bridge/online.txt", "ecoflow-bridge"),
            // Topics that two forms fit.
            new Said("alona/node-001/event/data", "alona-node/event-boot.json", "alona-node"),
            new Said("alona/node-001/event/status", "alona-node/event-boot.json", "alona-node"),
            new Said("alona/edge/event/config", "alona-node/event-boot.json", "alona-node"),
            new Said("caravan/hut-1/event/status", "caravan-device/event.json", "caravan-device"),
            new Said("caravan/edge/event/config", "caravan-device/event.json", "caravan-device"),
            new Said("paku/devkit-1/event/data", "paku-device/event.json", "paku-device"),
            new Said("paku/ruuvi/state", "paku-ruuvi/minimal.json", "paku-ruuvi"),
            // What is not for the hub.
            new Said("paku/edge/ESP32-20E955A0/config/set", "paku-edge/config.json", ""),
            new Said("iot/cottage/gw-01/greenhouse/bme280-1/commands", "iot/event.json", ""),
            new Said("paku/heater/emu01/state", "paku-data/heater-emulator.json", ""),
            new Said("hut-2/switch/pump/command", "esphome-state/relay.txt", ""),
            new Said("paku/ecoflow/DCABZ0000000001/power", "ecoflow-bridge/paku-names.json", ""),
            new Said("homeassistant/status", "esphome-status/online.txt", ""),
            new Said("homeassistant/sensor/hut/state", "esphome-state/temperature.txt", ""),
            // An update is noted where it belongs, and is no reading.
            new Said("caravan/hut-1/ota/status", "caravan-device/status.json", ""),
            // An acknowledgement of what was never sent.
            new Said("caravan/hut-1/cmd/ack", "../command/ack.json", "acknowledge-command"),
            // What is for nobody.
            new Said("caravan/hut-1/telemetri", "caravan-telemetry/flat.json", "unknown-topic"));

    @TempDir
    Path data;

    @Test
    void aMessageOfEachFamilyIsKeptByOneFlowAndATopicNobodyReadsIsSetAside() throws Exception {
        HubDatabase database = new HubDatabase(data);
        Map<String, Long> expected = new TreeMap<>();
        try (TestMosquitto broker = TestMosquitto.open().start()) {
            publish(broker, "hut-2/sensor/kept/state", "esphome-state/temperature.txt", "-r");
            try (HubProcess hub = HubProcess.start(data, broker)) {
                for (Said said : SAID) {
                    publish(broker, said.topic(), said.file());
                    if (!said.flow().isEmpty()) {
                        expected.merge(said.flow(), 1L, Long::sum);
                    }
                }
                long all = expected.values().stream().mapToLong(Long::longValue).sum();
                Await.until(
                        all + " outcomes are counted: " + expected + ", see " + hub.output(),
                        Duration.ofSeconds(20),
                        () -> database.ledger().received() >= all);
                hub.stop();
            }
        }
        assertThat(database.receivedByFlow()).isEqualTo(expected);
        assertThat(database.ledger().duplicate()).isZero();
        assertThat(database.reasons())
                .contains("no flow reads the topic \"caravan/hut-1/telemetri\"; the nearest known shape is"
                        + " caravan/{device}/telemetry")
                .contains("it acknowledges the command \"cmd-7k2m9qf3x8vbn4ta\", which hut-1 was never sent")
                .hasSize(2);
    }

    private static void publish(TestMosquitto broker, String topic, String file, String... more) throws Exception {
        String port = Integer.toString(broker.port());
        String payload = CAPTURED.resolve(file).toString();
        List<String> command = new ArrayList<>(
                List.of("mosquitto_pub", "-h", "127.0.0.1", "-p", port, "-q", "1", "-t", topic, "-f", payload));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}

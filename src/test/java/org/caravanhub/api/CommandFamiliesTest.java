package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each family's devices are sent, byte by byte, and how they answer. */
@Timeout(90)
class CommandFamiliesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final String SECRET = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @TempDir
    Path folder;

    private final TestMosquitto broker = TestMosquitto.open();
    private final SetTime time = new SetTime(NOON);
    private CommandHub hub;

    @BeforeEach
    void start() throws Exception {
        broker.start();
        hub = new CommandHub(folder, broker.url(), time).subscribed();
    }

    @AfterEach
    void stop() {
        hub.close();
        broker.close();
    }

    @Test
    void aPakuDeviceOfTheFirstPlanAcknowledgesAsAnEventOrInItsState() throws Exception {
        hub.known("devkit-1", "paku", "", "", "");
        try (SimulatedDevice device = listening("devkit-1", "paku/devkit-1/cmd", (self, payload) -> {
            String id = SimulatedDevice.text(payload, "id");
            if (payload.contains("blink")) {
                self.say("paku/devkit-1/event/ack", "{\"id\":\"" + id + "\",\"ok\":true}");
            } else {
                self.say("paku/devkit-1/state", "{\"state\":\"failed\",\"id\":\"" + id + "\",\"rssi\":-60}");
            }
        })) {
            hub.await(hub.send("devkit-1", "{\"name\":\"blink\"}"), "done");
            hub.await(hub.send("devkit-1", "{\"name\":\"other\"}"), "failed");
            assertThat(device.heard).hasSize(2);
        }
    }

    @Test
    void aHeaterGetsWhatItExpectsAndNothingOutOfItsRange() throws Exception {
        hub.known("emu01", "paku", "paku", "heater", "");
        try (SimulatedDevice heater = listening("emu01", "paku/heater/emu01/cmd", (self, payload) -> {})) {
            JsonNode done = hub.await(
                    hub.send("emu01", "{\"name\":\"start\",\"parameters\":{\"power\":5},\"confirm\":true}"), "done");
            hub.await(hub.send("emu01", "{\"name\":\"stop\"}"), "done");

            assertThat(heater.heard).containsExactly("{\"cmd\":\"start\",\"power\":5}", "{\"cmd\":\"stop\"}");
            assertThat(done.get("acknowledged").asBoolean()).isFalse();
            assertThat(done.get("reason").asText()).contains("do not acknowledge");
        }
        for (String wrong : List.of("10", "-1", "2.5", "\"5\"")) {
            assertThatThrownBy(() -> hub.send(
                            "emu01", "{\"name\":\"start\",\"confirm\":true,\"parameters\":{\"power\":" + wrong + "}}"))
                    .hasMessageContaining("a whole number from 0 to 9");
        }
        assertThatThrownBy(() -> hub.send("emu01", "{\"name\":\"boost\"}"))
                .hasMessageContaining("start, stop, vent, reset");
        assertThatThrownBy(() -> hub.send("emu01", "{\"name\":\"start\"}")).hasMessageContaining("confirm");
    }

    @Test
    void whatCannotTellARepeatIsNotSentTwiceWhenTheBrokerIsKilledAtThatMoment() throws Exception {
        hub.known("pump", "paku", "paku", "water", "");
        try (SimulatedDevice pump = listening("pump", "paku/water/pump/control", (self, payload) -> {})) {
            JsonNode done = hub.await(hub.send("pump", "{\"name\":\"run\",\"parameters\":{\"value\":1.50}}"), "done");
            time.pass(Duration.ofMinutes(2));
            hub.heard("pump");
            assertThat(pump.heard)
                    .containsExactly("{\"command\":\"run\",\"value\":1.50,\"timestamp\":\"2026-12-01T12:00:00Z\"}");
            assertThat(hub.command(done).get("attempts").asInt()).isEqualTo(1);
        }
        hub.offline("pump");
        JsonNode unknown = hub.send("pump", "{\"name\":\"run\"}");
        hub.operations.close();
        // As a hub leaves it that is killed between the commit and the broker's answer.
        hub.write("update command set attempts = 1 where id = '"
                + unknown.get("id").asText() + "'");
        hub.close();
        hub = new CommandHub(folder, broker.url(), time).subscribed();
        hub.online("pump");
        assertThat(hub.await(unknown, "failed").get("reason").asText()).startsWith("whether it went out is not known");
    }

    @Test
    void anEsphomeSwitchIsToldAPlainWord() throws Exception {
        hub.known("hut-2", "esphome", "", "switch", "");
        try (SimulatedDevice relay = listening("hut-2", "hut-2/switch/relay/command", (self, payload) -> {})) {
            hub.await(hub.send("hut-2", "{\"name\":\"switch/relay\",\"parameters\":{\"value\":\"ON\"}}"), "done");
            assertThat(relay.heard).containsExactly("ON");
        }
        assertThatThrownBy(
                        () -> hub.send("hut-2", "{\"name\":\"button/restart\",\"parameters\":{\"value\":\"PRESS\"}}"))
                .hasMessageContaining("confirm");
        assertThatThrownBy(() -> hub.send("hut-2", "{\"name\":\"relay\",\"parameters\":{\"value\":\"ON\"}}"))
                .hasMessageContaining("switch/relay");
    }

    @Test
    void aHomelabCommandIsSignedAsOpensslSignsItAndNumberedUpwards() throws Exception {
        hub.known("bme280-1", "iot", "cottage", "gw-01", "greenhouse");
        assertThatThrownBy(() -> hub.send("bme280-1", "{\"name\":\"set_interval\"}"))
                .hasMessageContaining("there is no secret \"command-gw-01\"");
        hub.secrets.put("command-gw-01", SECRET);
        String topic = "iot/cottage/gw-01/greenhouse/bme280-1/commands";
        try (SimulatedDevice sensor = listening(
                "bme280-1", topic, (self, payload) -> self.say(topic + "/response", answer(payload, 0, "success")))) {
            JsonNode done = hub.await(
                    hub.send("bme280-1", "{\"name\":\"set_interval\",\"parameters\":{\"seconds\":60}}"), "done");
            hub.await(hub.send("bme280-1", "{\"name\":\"restart\",\"confirm\":true}"), "done");

            JsonNode first = JSON.readTree(sensor.heard.get(0));
            JsonNode second = JSON.readTree(sensor.heard.get(1));
            assertThat(first.get("request_id").asText())
                    .isEqualTo(done.get("id").asText());
            assertThat(first.get("seq").asLong()).isEqualTo(NOON.getEpochSecond());
            assertThat(second.get("seq").asLong()).isEqualTo(NOON.getEpochSecond() + 1);
            for (JsonNode sent : List.of(first, second)) {
                String signed = sent.get("command").asText() + "|"
                        + sent.get("request_id").asText() + "|"
                        + sent.get("seq").asText();
                assertThat(sent.get("hmac").asText()).isEqualTo(openssl(signed));
            }
            assertThat(done.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void aHomelabAnswerWithAWrongNumberOrTooLateChangesNothing() throws Exception {
        hub.known("bme280-1", "iot", "cottage", "gw-01", "greenhouse");
        hub.secrets.put("command-gw-01", SECRET);
        String topic = "iot/cottage/gw-01/greenhouse/bme280-1/commands";
        try (SimulatedDevice sensor = listening("bme280-1", topic, (self, payload) -> {})) {
            JsonNode sent = hub.send("bme280-1", "{\"name\":\"set_interval\",\"ttl\":\"1d\"}");
            hub.await(sent, "sent");
            Await.until("it came", CommandHub.PATIENCE, () -> sensor.heard.size() == 1);
            String payload = sensor.heard.get(0);
            sensor.say(topic + "/response", answer(payload, 1, "success"));
            sensor.say(topic + "/response", answer(payload, 0, "pending"));
            hub.await(sent, "delivered");
            time.pass(Duration.ofSeconds(301));
            assertThat(hub.state(sent)).isEqualTo("delivered");
            time.pass(Duration.ofSeconds(11));
            hub.await(sent, "expired");
            sensor.say(topic + "/response", answer(payload, 0, "success"));
            Await.until("noted", CommandHub.PATIENCE, () -> !hub.command(sent)
                    .get("answer")
                    .isNull());
            assertThat(hub.state(sent)).isEqualTo("expired");
            assertThat(sensor.heard).hasSize(1);
        }
    }

    @Test
    void aNumberNeverComesTwiceAlsoWhenAnOldBackupWasRestored() throws Exception {
        hub.known("gw-01", "iot", "cottage", "", "");
        hub.secrets.put("command-gw-01", "0123456789abcdef0123456789abcdef");
        String topic = "iot/cottage/gw-01/commands";
        try (SimulatedDevice gateway = listening(
                "gw-01", topic, (self, payload) -> self.say(topic + "/response", answer(payload, 0, "success")))) {
            for (int i = 0; i < 3; i++) {
                hub.await(hub.send("gw-01", "{\"name\":\"n\"}"), "done");
            }
            hub.write("delete from command_sequence");
            time.pass(Duration.ofMinutes(10));
            hub.await(hub.send("gw-01", "{\"name\":\"n\"}"), "done");
            assertThat(gateway.heard.stream()
                            .map(payload -> SimulatedDevice.text(payload, "seq"))
                            .map(Long::parseLong))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(4);
        }
    }

    @Test
    void whatIsToBeConfirmedIsToBeConfirmedHoweverItIsWritten() {
        hub.known("hut", "caravan", "", "", "");
        for (String name :
                List.of("restart", "RESTART", " restart", "re-start", "Re_Start", "restart\u00a0", "re\u200bstart")) {
            assertThatThrownBy(() -> hub.send("hut", "{\"name\":\"" + name + "\"}"))
                    .as(name)
                    .hasMessageContaining("confirm");
        }
        assertThat(hub.state(hub.send("hut", "{\"name\":\"restarted\"}"))).isEqualTo("queued");
    }

    @Test
    void whoHasNoTopicIsToldSoWithWhatToSet() {
        hub.known("node-001", "alona", "", "", "");
        hub.known("tag", "ruuvi", "", "", "");
        hub.known("lost", "iot", "cottage", "gw-01", "");
        assertThatThrownBy(() -> hub.send("node-001", "{\"name\":\"blink\"}")).hasMessageContaining("defines no topic");
        assertThatThrownBy(() -> hub.send("tag", "{\"name\":\"blink\"}")).hasMessageContaining("take no commands");
        assertThatThrownBy(() -> hub.send("lost", "{\"name\":\"blink\"}")).hasMessageContaining("Set location");
    }

    private SimulatedDevice listening(
            String device, String topic, java.util.function.BiConsumer<SimulatedDevice, String> reaction)
            throws Exception {
        SimulatedDevice made = new SimulatedDevice(device, broker.url(), topic, reaction).wake();
        hub.online(device);
        return made;
    }

    private static String answer(String payload, int off, String status) {
        long sequence = Long.parseLong(SimulatedDevice.text(payload, "seq")) + off;
        return "{\"request_id\":\"" + SimulatedDevice.text(payload, "request_id") + "\",\"seq\":" + sequence
                + ",\"status\":\"" + status + "\",\"message\":\"\",\"timestamp\":\"2026-12-01T12:00:01Z\"}";
    }

    private static String openssl(String text) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(
                            "openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + SECRET, "-r")
                    .start();
        } catch (java.io.IOException e) {
            Assumptions.abort("no program openssl here");
            return "";
        }
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return said.split(" ", 2)[0];
    }
}

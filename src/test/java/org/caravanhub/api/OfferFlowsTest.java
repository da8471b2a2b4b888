package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.UpdateReport;
import org.caravanhub.ota.UpdateReport.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What devices that do not ask are told over MQTT, byte by byte, and what they answer. */
@Timeout(90)
final class OfferFlowsTest {
    @TempDir
    Path folder;

    private final TestMosquitto broker = TestMosquitto.open();
    private CommandHub hub;

    @BeforeEach
    void start() throws Exception {
        broker.start();
        hub = new CommandHub(folder, broker.url(), new SetTime(Instant.parse("2026-12-01T12:00:00Z"))).subscribed();
    }

    @AfterEach
    void stop() {
        hub.close();
        broker.close();
    }

    @Test
    void aDeviceThatIsThereIsToldWhereItsImageIs() throws Exception {
        Release release = hub.ota.publish("hut", "1.1.0", "ESP32");
        hub.known("hut-1", "caravan", "", "", "");
        hub.online("hut-1");
        try (SimulatedDevice device = listening("hut-1", "caravan/hut-1/cmd/ota")) {
            assertThat(hub.outlet.offer("hut-1", release)).isTrue();

            Await.until("the offer", CommandHub.PATIENCE, () -> !device.heard.isEmpty());
            assertThat(device.heard)
                    .containsExactly("{\"url\":\"http://192.168.1.20:8080/ota/f/" + release.key()
                            + ".bin\",\"version\":\"1.1.0\",\"checksum\":\""
                            + release.artifact().sha256() + "\"}");
            assertThat(device.sawRetained).isFalse();
            assertThat(device.expirySeconds).as("it may be paused soon").isBetween(1L, 60L);
        }
    }

    @Test
    void anOldEsp8266OfPakuListensWhereTheyAllDidBefore() throws Exception {
        hub.known("ESP8266-1", "paku", "paku", "edge", "");
        hub.online("ESP8266-1");
        Release release = hub.ota.publish("wired", "a1b2c3d-20251208-153045", "ESP8266");
        try (SimulatedDevice old = listening("ESP8266-1", "paku/devices/ESP8266-1/cmd/ota");
                SimulatedDevice edge = listening("ESP8266-1-new", "paku/edge/ESP8266-1/cmd/ota")) {
            hub.outlet.offer("ESP8266-1", release);

            Await.until("both", CommandHub.PATIENCE, () -> !old.heard.isEmpty() && !edge.heard.isEmpty());
            assertThat(old.heard).isEqualTo(edge.heard).hasSize(1);
        }
    }

    @Test
    void whoIsAwayOrAsksByItselfIsToldNothing() throws Exception {
        Release release = hub.ota.publish("hut", "1.1.0", "ESP32");
        hub.known("asleep", "caravan", "", "", "");
        hub.known("esp-home", "esphome", "", "", "");
        hub.known("gone", "caravan", "", "", "");
        hub.online("esp-home");
        hub.disabled.add("gone");

        for (String device : List.of("asleep", "esp-home", "gone", "never-heard")) {
            assertThat(hub.outlet.offer(device, release)).as(device).isFalse();
        }
        assertThat(hub.outlet.reaches("asleep"))
                .as("it could be told, were it there")
                .isTrue();
        assertThat(hub.outlet.reaches("esp-home")).isFalse();
        hub.online("asleep");
        assertThat(hub.outlet.offer("asleep", release)).isTrue();
    }

    @Test
    void whatADeviceSaysOfItsUpdateIsNotedAndGarbageIsSetAside() throws Exception {
        try (SimulatedDevice device = listening("e1", "nowhere")) {
            device.say("paku/edge/e1/ota/status", "{\"target_version\":\"1.1.0\"}");
            device.say("paku/devices/e1/ota/progress", "{\"state\":null,\"percent\":50.6}");
            device.say("paku/edge/e1/ota/progress", "{\"state\":\"Installing\",\"percent\":101,\"version\":\"1.1.0\"}");
            device.say("caravan/e1/ota/result", "{\"success\":\"false\",\"message\":\"no room\"}");
            device.say("paku/edge/e1/ota/result", "not JSON");
            device.say("paku/edge/e1/ota/result", "{\"message\":\"well\"}");

            Await.until("four reports", CommandHub.PATIENCE, () -> hub.ota.reports.size() == 4);
            assertThat(hub.ota.reports)
                    .extracting(UpdateReport::stage)
                    .containsExactly(Stage.PENDING, Stage.DOWNLOADING, Stage.INSTALLING, Stage.FAILED);
            assertThat(hub.ota.reports).extracting(UpdateReport::version).containsExactly("1.1.0", "", "1.1.0", "");
            Await.until("two set aside", CommandHub.PATIENCE, () -> hub.number("select count(*) from quarantine") == 2);
        }
    }

    private SimulatedDevice listening(String id, String topic) throws Exception {
        return new SimulatedDevice(id, broker.url(), topic, (self, payload) -> {}).wake();
    }
}

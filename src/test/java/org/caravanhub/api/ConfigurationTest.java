package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How devices should be configured: kept by the hub, and by the broker for the device. */
@Timeout(90)
class ConfigurationTest {
    @TempDir
    Path folder;

    private final TestMosquitto broker = TestMosquitto.open();
    private final SetTime time = new SetTime(Instant.parse("2026-12-01T12:00:00Z"));
    private CommandHub hub;
    private int readers;

    @BeforeEach
    void start() throws Exception {
        broker.start();
        hub = new CommandHub(folder, broker.url(), time).subscribed();
        hub.known("hut", "caravan", "", "", "");
    }

    @AfterEach
    void stop() {
        hub.close();
        broker.close();
    }

    @Test
    void whatIsWantedIsThereForADeviceThatComesLaterLetterByLetter() throws Exception {
        String wanted = "{ \"interval_s\": 60.0, \"wifi\": {\"power\": 1e1} }";
        hub.configure("save-configuration", "hut", "*", wanted);
        awaitPublished("hut");
        try (SimulatedDevice hut =
                new SimulatedDevice("hut", broker.url(), "caravan/hut/config/set", (self, p) -> {}).wake()) {
            Await.until("it came", CommandHub.PATIENCE, () -> !hut.heard.isEmpty());
            assertThat(hut.heard).containsExactly(wanted);
            assertThat(hut.sawRetained).isTrue();
        }
        hub.says("hut", "{\"interval_s\":60,\"wifi\":{\"power\":9},\"model\":\"x\"}");
        JsonNode shown = hub.configuration("hut");
        assertThat(shown.get("in_step").asBoolean()).isFalse();
        assertThat(shown.get("differences").toString())
                .isEqualTo("[{\"path\":\"/wifi/power\",\"kind\":\"differs\",\"desired\":10.0,\"reported\":9},"
                        + "{\"path\":\"/model\",\"kind\":\"extra\",\"desired\":null,\"reported\":\"x\"}]");
        hub.configure("patch-configuration", "hut", "", "{\"wifi\":{\"power\":9,\"ssid\":null}}");
        assertThat(hub.configuration("hut").get("in_step").asBoolean()).isTrue();
    }

    @Test
    void aVersionThatIsNotThereAnyMoreIsNotReplacedAndATooLargeOneIsNotTaken() {
        JsonNode first = hub.configure("save-configuration", "hut", "\"0\"", "{\"a\":1}");
        assertThat(first.get("version").asLong()).isEqualTo(1);
        assertThatThrownBy(() -> hub.configure("save-configuration", "hut", "\"0\"", "{\"a\":2}"))
                .hasMessageContaining("it is version 1, not 0");
        assertThatThrownBy(() -> hub.configure("save-configuration", "hut", "", "{\"a\":2}"))
                .hasMessageContaining("Say which version");
        assertThatThrownBy(
                        () -> hub.configure("save-configuration", "hut", "*", "{\"a\":\"" + "x".repeat(16_400) + "\"}"))
                .hasMessageContaining("at most 16384");
        JsonNode large = hub.configure("save-configuration", "hut", "*", "{\"a\":\"" + "x".repeat(1_100) + "\"}");
        assertThat(large.get("warning").asText()).contains("1108 bytes", "hold 1024");
        hub.known("tag", "ruuvi", "", "", "");
        assertThatThrownBy(() -> hub.configure("save-configuration", "tag", "*", "{}"))
                .hasMessageContaining("take no configuration");
    }

    @Test
    void aBrokerThatLostWhatItKeptIsGivenItAgainAndOneThatWasAwayGetsWhatChangedMeanwhile() throws Exception {
        hub.configure("save-configuration", "hut", "*", "{\"a\":1}");
        awaitPublished("hut");
        // Without persistence a killed broker forgets what it kept.
        broker.kill();
        Await.until("the hub has noticed", CommandHub.PATIENCE, () -> !hub.mqtt.isPublishing());
        hub.known("heater1", "paku", "paku", "heater", "");
        hub.configure("save-configuration", "heater1", "*", "{\"b\":2}");
        time.pass(Duration.ofMinutes(2));
        broker.start();
        awaitPublished("heater1");
        for (String topic : List.of("caravan/hut/config/set", "paku/edge/heater1/config/set")) {
            try (SimulatedDevice device =
                    new SimulatedDevice("x" + topic.length(), broker.url(), topic, (self, p) -> {}).wake()) {
                Await.until("it came on " + topic, CommandHub.PATIENCE, () -> !device.heard.isEmpty());
            }
        }
    }

    @Test
    void aDeviceThatIsOfAnotherFamilyNowHasItWhereItReadsItAndNotWhereItDid() throws Exception {
        hub.configure("save-configuration", "hut", "*", "{\"a\":1}");
        awaitPublished("hut");
        hub.write(
                "insert into registration values ('hut', 'paku', 'van', '', '', '', '', '[]', '', '', null, 0, 1, 1)");
        hub.operations.changed("hut");
        awaitPublished("hut");
        awaitOnlyOn("van/edge/hut/config/set");
        assertThat(kept("caravan/hut/config/set")).isEmpty();
        assertThat(kept("van/edge/hut/config/set")).containsExactly("{\"a\":1}");

        hub.write("update registration set family = 'caravan' where device = 'hut'");
        hub.configure("save-configuration", "hut", "*", "{\"a\":2}");
        awaitPublished("hut");
        awaitOnlyOn("caravan/hut/config/set");
        assertThat(kept("caravan/hut/config/set")).containsExactly("{\"a\":2}");
        assertThat(kept("van/edge/hut/config/set")).isEmpty();
    }

    /** Waits until it has moved to this topic, is published there, and is taken from where it was. */
    private void awaitOnlyOn(String topic) {
        Await.until(
                "it is on " + topic + " only",
                CommandHub.PATIENCE,
                () -> hub.number("select count(*) from desired_configuration") == 1
                        && hub.number("select count(*) from desired_configuration where topic = '" + topic
                                        + "' and published_version = version")
                                == 1);
    }

    /** What the broker keeps on a topic; a reader of its own each time, since a session brings again what was not acknowledged in it. */
    private List<String> kept(String topic) throws Exception {
        try (SimulatedDevice reader =
                new SimulatedDevice("reader-" + ++readers, broker.url(), topic, (self, p) -> {}).wake()) {
            reader.say(topic, "end");
            Await.until("the end came", CommandHub.PATIENCE, () -> reader.heard.contains("end"));
            return reader.heard.stream()
                    .filter(said -> !said.equals("end") && !said.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    @Test
    void thatOfADeviceWhichIsRemovedIsTakenFromTheBroker() throws Exception {
        hub.configure("save-configuration", "hut", "*", "{\"a\":1}");
        awaitPublished("hut");
        hub.operations.removed("hut");
        Await.until(
                "it is gone", CommandHub.PATIENCE, () -> hub.number("select count(*) from desired_configuration") == 0);
        try (SimulatedDevice hut =
                new SimulatedDevice("hut", broker.url(), "caravan/hut/config/set", (self, p) -> {}).wake()) {
            hut.say("caravan/hut/config/set", "{\"end\":true}");
            Await.until("the end came", CommandHub.PATIENCE, () -> !hut.heard.isEmpty());
            assertThat(hut.heard).containsExactly("{\"end\":true}");
        }
    }

    private void awaitPublished(String device) {
        Await.until("it is published", CommandHub.PATIENCE, () -> hub.configuration(device)
                .get("published")
                .asBoolean());
    }
}

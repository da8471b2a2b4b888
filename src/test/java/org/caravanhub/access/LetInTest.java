package org.caravanhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.access.WholeHub.login;
import static org.caravanhub.broker.MqttPrograms.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.broker.MqttPrograms;
import org.caravanhub.broker.MqttPrograms.Subscriber;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device from its first password to its last, with real clients on both brokers that come along. */
class LetInTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    /** One of each broker for all that can share it. */
    private static final Map<String, WholeHub> HUBS = new HashMap<>();

    @TempDir
    static Path folder;

    private static WholeHub hub(String broker) {
        return HUBS.computeIfAbsent(broker, kind -> new WholeHub(folder.resolve(kind), kind));
    }

    @AfterAll
    static void stop() {
        HUBS.values().forEach(WholeHub::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mosquitto", "in-process"})
    void isLetInAtOnceAndKeptOutAtOnceWhileOthersStay(String broker) throws Exception {
        WholeHub hub = hub(broker);
        JsonNode other = hub.post("/api/v1/devices", "{\"id\":\"mast\"}");
        Await.until("the mast is let in", SOON, () -> hub.letsIn(other));
        try (Subscriber mast = Subscriber.open(hub.mqtt, login(other), List.of("caravan/mast/cmd"))) {
            JsonNode hut = hub.post("/devices", "{\"id\":\"hut-1\",\"model\":\"esp32\",\"notes\":\"by hand\"}");
            Await.until("the hut is let in", SOON, () -> hub.letsIn(hut));
            Await.until(
                    "what it said is kept",
                    Duration.ofSeconds(10),
                    () -> hub.get("/api/v1/devices/hut-1").path("stored").asInt() > 0);
            assertThat(hub.ingest(hut)).isEqualTo(200);
            assertThat(hub.ingest(hut, "?device=mast")).isEqualTo(403);

            JsonNode next = hub.post("/api/v1/devices/hut-1/credentials/rotate", "");
            assertThat(next.get("user").asText()).isEqualTo("hut-1~2");
            Await.until("the new password is right", SOON, () -> hub.letsIn(next));
            assertThat(hub.letsIn(hut)).as("the old one, for ten minutes").isTrue();
            assertThat(hub.ingest(next)).isEqualTo(200);
            assertThat(hub.ingest(next, "?device=hut-1"))
                    .as("the device is hut-1 by both names")
                    .isEqualTo(200);

            JsonNode third = hub.post("/api/v1/devices/hut-1/credentials/rotate?overlap=0s", "");
            assertThat(third.get("user").asText()).isEqualTo("hut-1");
            Await.until("the one before is wrong", SOON, () -> !hub.letsIn(next));
            assertThat(hub.ingest(hut)).isEqualTo(401);
            assertThat(hub.ingest(next)).isEqualTo(401);

            Await.until("the third is right", SOON, () -> hub.letsIn(third));
            try (Subscriber thrownOut = Subscriber.open(hub.mqtt, login(third), List.of("caravan/hut-1/cmd"))) {
                assertThat(hub.post("/api/v1/devices/hut-1/credentials/revoke", "")
                                .get("revoked")
                                .asInt())
                        .isOne();
                thrownOut.awaitNews("sending CONNECT");
            }
            assertThat(hub.letsIn(third)).isFalse();
            assertThat(hub.ingest(third)).isEqualTo(401);
            JsonNode flashed = hub.post("/api/v1/devices/hut-1/credentials/replace", "");
            Await.until("after a flash", SOON, () -> hub.letsIn(flashed));
            assertThat(mast.connections()).as("connections of the mast").isOne();
            assertThat(everythingKept())
                    .doesNotContain(
                            hut.get("password").asText(),
                            flashed.get("password").asText());
        }
    }

    /** Every byte below the data folder. */
    private String everythingKept() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(LetInTest::latin).collect(Collectors.joining("\n"));
        }
    }

    private static String latin(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mosquitto", "in-process"})
    void speaksAndReadsNoOthersTopics(String broker) {
        WholeHub hub = hub(broker);
        JsonNode hut = hub.post("/api/v1/devices", "{\"id\":\"hut-2\"}");
        hub.post("/api/v1/devices", "{\"id\":\"mill\"}");
        Await.until("the hut is let in", SOON, () -> hub.letsIn(hut));

        for (String foreign : List.of(
                "caravan/mill/telemetry",
                "caravan/hut-2/cmd",
                "caravan/hut-2~2/telemetry",
                "$SYS/broker/version",
                "$CONTROL/dynamic-security/v1",
                "paku/hut-2/telemetry")) {
            assertThat(publish(hub.mqtt, login(hut), foreign, "{\"temperature_c\":99}")
                            .output())
                    .as(foreign)
                    .contains("Not authorized");
        }
        try (Subscriber curious =
                Subscriber.open(hub.mqtt, login(hut), List.of("#", "+/+/cmd", "caravan/#", "$SYS/#", "$CONTROL/#"))) {
            Await.until("heard once more", SOON, () -> hub.letsIn(hut));
            assertThat(curious.messages()).isEmpty();
        }
        assertThat(publish(hub.mqtt, List.of("-u", "hut-2", "-P", "guess"), "caravan/hut-2/telemetry", "{}")
                        .exit())
                .isNotZero();
        assertThat(hub.get("/api/v1/devices/mill").path("stored").asInt()).isZero();
    }

    /** From the bridge to the wall, with no cloud and no key; and who else may say it. */
    @ParameterizedTest
    @ValueSource(strings = {"mosquitto", "in-process"})
    void whatABridgeHearsOfAPowerStationIsOnEveryDisplay(String broker) {
        WholeHub hub = hub(broker);
        String power = "paku/ecoflow/DCABZ0000000001/power";
        JsonNode galley = hub.post("/api/v1/devices", "{\"id\":\"galley\",\"family\":\"ecoflow\"}");
        JsonNode wall = hub.post("/api/v1/devices", "{\"id\":\"wall\"}");
        long quarantined = hub.get("/api/v1/ledger").get("quarantined").asLong();
        Await.until("the wall is let in", SOON, () -> hub.letsIn(wall));
        try (Subscriber display = Subscriber.open(hub.mqtt, login(wall), List.of("paku/ecoflow/+/power"))) {
            Await.until("the bridge is let in", SOON, () -> says(hub, galley, "ecoflow/galley/status", "online"));
            assertThat(says(hub, galley, "ecoflow/galley/DCABZ0000000001", "{\"soc\":76,\"in_w\":\"210\"}"))
                    .isTrue();
            assertThat(display.until(power + " {\"soc\":76,\"watts_in\":210}")).hasSize(1);
        }
        for (String foreign : List.of(power, "ecoflow/other/DCABZ0000000001", "ecoflow/galley/a/b")) {
            assertThat(says(hub, galley, foreign, "{\"soc\":1}")).as(foreign).isFalse();
            assertThat(says(hub, wall, foreign, "{\"soc\":1}")).as(foreign).isFalse();
        }
        try (Subscriber late = Subscriber.open(hub.mqtt, login(galley), List.of(power), "-V", "311")) {
            assertThat(late.until(power + " {\"soc\":76,\"watts_in\":210}")).hasSize(1);
        }
        JsonNode kept = hub.get("/api/v1/readings?device=ecoflow-DCABZ0000000001")
                .path("items")
                .path(0);
        assertThat(kept.path("family").asText()).isEqualTo("ecoflow");
        assertThat(kept.path("metrics").toString())
                .isEqualTo("{\"soc_percent\":76,\"in_w\":210,\"bridge\":\"galley\"}");
        assertThat(hub.get("/api/v1/devices/galley/presence").path("state").asText())
                .isEqualTo("online");
        assertThat(hub.get("/api/v1/ledger").get("quarantined").asLong())
                .as("the hub does not hear itself")
                .isEqualTo(quarantined);
    }

    private static boolean says(WholeHub hub, JsonNode issued, String topic, String text) {
        MqttPrograms.Result result = publish(hub.mqtt, login(issued), topic, text);
        return result.exit() == 0 && !result.output().contains("Not authorized");
    }

    /** Mosquitto waits for the hub's own sessions first, which are back before anybody can ask. */
    @Test
    void isKeptOutAtOnceAfterAStartWithSessionsOfAnEarlierRun() {
        JsonNode hut;
        try (WholeHub hub = new WholeHub(folder.resolve("again"), "mosquitto")) {
            hut = hub.post("/api/v1/devices", "{\"id\":\"hut-1\"}");
            Await.until("the hut is let in", SOON, () -> hub.letsIn(hut));
        }
        try (WholeHub hub = new WholeHub(folder.resolve("again"), "mosquitto")) {
            assertThat(hub.letsIn(hut)).as("as before").isTrue();
            hub.post("/api/v1/devices/hut-1/credentials/revoke", "");
            Await.until("the hut is kept out", Duration.ofSeconds(4), () -> !hub.letsIn(hut));
        }
    }
}

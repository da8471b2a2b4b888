package org.caravanhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.caravanhub.Await;
import org.caravanhub.broker.MqttPrograms;
import org.caravanhub.broker.MqttPrograms.Subscriber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose battery is low tells its devices, on a real broker; nobody else may. */
class ProfileTopicTest {
    private static final String TOPIC = "caravan/power/profile";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path data;

    @Test
    void aDeviceHearsThatPowerIsShortAndCannotSayOtherwise() {
        JsonNode battery;
        JsonNode display;
        try (WholeHub hub = new WholeHub(data, "mosquitto")) {
            battery = hub.post("/api/v1/devices", "{\"id\":\"van-battery\",\"family\":\"caravan\"}");
            display = hub.post("/api/v1/devices", "{\"id\":\"display\",\"family\":\"esphome\"}");
            assertThat(hub.get("/api/v1/flows").toString()).doesNotContain("tell-profile");
            Await.until("let in", PATIENCE, () -> hub.letsIn(battery));
            publish(hub, battery, "caravan/van-battery/telemetry", "{\"soc_percent\":8}");
            Await.until("kept", PATIENCE, () -> hub.get("/api/v1/devices/van-battery")
                    .toString()
                    .contains("\"soc_percent\":8"));
        }
        try (WholeHub hub = new WholeHub(data, "mosquitto", Map.of("CARAVAN_POWER_STATION", "van-battery"))) {
            String told = heard(hub, display);
            assertThat(told)
                    .startsWith(TOPIC + " {\"profile\":\"floor\",\"charge_percent\":8,\"station\":\"van-battery\"")
                    .endsWith("\"advice\":{\"report_every_s\":900}}");

            for (JsonNode device : List.of(battery, display)) {
                publish(hub, device, TOPIC, "{\"profile\":\"normal\"}");
            }
            assertThat(heard(hub, display)).isEqualTo(told);
            Await.until("the alert", PATIENCE, () -> hub.get("/api/v1/alerts")
                    .toString()
                    .contains("Power is nearly used up: van-battery has 8 %"));
            assertThat(hub.get("/api/v1/health").toString())
                    .contains("As good as empty since")
                    .contains("\"status\":\"ok\"");
            assertThat(hub.get("/api/v1/quarantine").get("items")).isEmpty();
        }
        try (WholeHub hub = new WholeHub(data, "mosquitto")) {
            Await.until("it is forgotten", PATIENCE, () -> Files.notExists(data.resolve("power-profile")));
            try (Subscriber nothing = listen(hub, display, "--retained-only", "-W", "1")) {
                nothing.awaitNews("Timed out");
                assertThat(nothing.messages()).isEmpty();
            }
            assertThat(hub.get("/api/v1/flows").toString()).contains("tell-profile");
            assertThat(hub.get("/api/v1/alerts").toString()).doesNotContain("Power is nearly used up");
        }
    }

    private static void publish(WholeHub hub, JsonNode device, String topic, String text) {
        MqttPrograms.publish(hub.mqtt, WholeHub.login(device), topic, text, "-r");
    }

    private static String heard(WholeHub hub, JsonNode device) {
        try (Subscriber subscriber = listen(hub, device)) {
            Await.until("the profile", PATIENCE, () -> !subscriber.messages().isEmpty());
            return subscriber.messages().get(0);
        }
    }

    private static Subscriber listen(WholeHub hub, JsonNode device, String... more) {
        return Subscriber.open(hub.mqtt, WholeHub.login(device), List.of(TOPIC), more);
    }
}

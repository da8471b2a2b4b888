package org.caravanhub.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.common.MqttException;

/** As paku's firmware is told over MQTT: {@code cmd/ota}, and {@code ota/status}, {@code ota/progress} and {@code ota/result} come back. */
final class MqttFleetDoor implements FleetDoor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Fleet fleet;
    private final Map<String, Found> orders = new ConcurrentHashMap<>();

    MqttFleetDoor(Fleet fleet) throws MqttException {
        this.fleet = fleet;
        fleet.subscribe("paku/edge/+/cmd/ota", (topic, message) -> {
            JsonNode order = JSON.readTree(message.getPayload());
            orders.put(
                    topic.split("/")[2],
                    new Found(
                            URI.create(order.path("url").textValue()),
                            order.path("version").textValue(),
                            "SHA-256",
                            order.path("checksum").textValue()));
        });
    }

    @Override
    public Optional<Found> ask(FleetDevice device) {
        return Optional.ofNullable(orders.remove(device.id()));
    }

    @Override
    public void tell(FleetDevice device, Found found, String stage, int percent, String message) throws IOException {
        String topic = "paku/edge/" + device.id() + "/ota/";
        switch (stage) {
            case "failed" -> fleet.publish(topic + "result", "{\"success\":false,\"message\":\"" + message + "\"}", 1);
            case "success" -> fleet.publish(topic + "result", "{\"success\":true,\"message\":\"\"}", 1);
            default -> {
                if (percent == 0) {
                    fleet.publish(topic + "status", "{\"target_version\":\"" + found.version() + "\"}", 1);
                }
                fleet.publish(topic + "progress", "{\"state\":\"" + stage + "\",\"percent\":" + percent + "}", 0);
            }
        }
    }

    @Override
    public Map<String, String> says(FleetDevice device) {
        return Map.of(
                "paku/edge/" + device.id() + "/status",
                "{\"status\":\"online\",\"uptime_seconds\":" + device.uptimeSeconds() + ",\"firmware_version\":\""
                        + device.version() + "\"}",
                "paku/sensors/" + device.id() + "/data",
                "{\"device_id\":\"" + device.id() + "\",\"metrics\":{\"temperature_c\":21.5}}");
    }

    @Override
    public Map<String, String> lastWill(FleetDevice device) {
        return Map.of("paku/edge/" + device.id() + "/status", "{\"status\":\"offline\"}");
    }
}

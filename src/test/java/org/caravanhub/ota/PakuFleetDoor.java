package org.caravanhub.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/** As paku's firmware asks over HTTP: {@code /api/firmware/check}, the file that it names, and {@code update-status}. */
record PakuFleetDoor(Fleet fleet, String model, String key) implements FleetDoor {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Optional<Found> ask(FleetDevice device) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = fleet.send(HttpRequest.newBuilder(fleet.at("/api/firmware/check?device_id="
                + device.id() + "&device_model=" + model + "&current_version=" + device.version())));
        if (answer.statusCode() != 200) {
            throw new IOException("the check answers " + answer.statusCode());
        }
        JsonNode check = JSON.readTree(answer.body());
        if (!check.path("update_available").asBoolean()) {
            return Optional.empty();
        }
        return Optional.of(new Found(
                fleet.at(check.path("download_url").textValue()),
                check.path("latest_version").textValue(),
                "SHA-256",
                check.path("checksum_sha256").textValue()));
    }

    @Override
    public void tell(FleetDevice device, Found found, String stage, int percent, String message)
            throws IOException, InterruptedException {
        String body = "{\"device_id\":\"" + device.id() + "\",\"firmware_version\":\"" + found.version()
                + "\",\"status\":\"" + stage + "\",\"progress_percent\":" + percent
                + (message.isEmpty() ? "" : ",\"error_message\":\"" + message + "\"") + "}";
        fleet.send(HttpRequest.newBuilder(fleet.at("/api/device/" + device.id() + "/update-status"))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Override
    public Map<String, String> says(FleetDevice device) {
        return Map.of(
                "paku/edge/" + device.id() + "/status",
                "{\"status\":\"online\",\"uptime_seconds\":" + device.uptimeSeconds() + ",\"firmware_version\":\""
                        + device.version() + "\",\"device_model\":\"" + model + "\"}",
                "paku/sensors/" + device.id() + "/data",
                "{\"device_id\":\"" + device.id() + "\",\"metrics\":{\"temperature_c\":21.5}}");
    }

    @Override
    public Map<String, String> lastWill(FleetDevice device) {
        return Map.of("paku/edge/" + device.id() + "/status", "{\"status\":\"offline\"}");
    }
}

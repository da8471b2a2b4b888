package org.caravanhub.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** As ESPHome's {@code update: http_request} asks: a manifest of its own, whose path is relative to it. */
record EsphomeFleetDoor(Fleet fleet) implements FleetDoor {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Optional<Found> ask(FleetDevice device) throws IOException, InterruptedException {
        URI url = fleet.at("/ota/d/" + device.id() + "/manifest.json");
        HttpResponse<byte[]> answer = fleet.send(HttpRequest.newBuilder(url));
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new IOException("the manifest answers " + answer.statusCode());
        }
        JsonNode manifest = JSON.readTree(answer.body());
        String version = manifest.path("version").textValue();
        if (version == null || version.equals(device.version())) {
            return Optional.empty();
        }
        for (JsonNode build : manifest.path("builds")) {
            if (build.path("chipFamily").asText().equals("ESP32")) {
                return Optional.of(new Found(
                        url.resolve(build.path("ota").path("path").textValue()),
                        version,
                        "MD5",
                        build.path("ota").path("md5").textValue()));
            }
        }
        return Optional.empty();
    }
}

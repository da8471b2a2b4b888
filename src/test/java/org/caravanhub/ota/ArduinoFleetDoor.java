package org.caravanhub.ota;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** As the update library of Arduino for the ESP32 asks: one address, which answers the image or 304. */
record ArduinoFleetDoor(Fleet fleet, String model) implements FleetDoor {
    @Override
    public Optional<Found> ask(FleetDevice device) throws IOException, InterruptedException {
        URI url = fleet.at("/ota/arduino?device=" + device.id() + "&model=" + model);
        HttpResponse<byte[]> answer = fleet.send(HttpRequest.newBuilder(url)
                .header("User-Agent", "ESP32-http-Update")
                .header("Cache-Control", "no-cache")
                .header("x-ESP32-STA-MAC", device.mac())
                .header("x-ESP32-free-space", "1310720")
                .header("x-ESP32-sketch-size", "60000")
                .header("x-ESP32-chip-size", "4194304")
                .header("x-ESP32-mode", "sketch")
                .header("x-ESP32-version", device.version()));
        if (answer.statusCode() == 304) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answers " + answer.statusCode());
        }
        return Optional.of(new Found(
                url,
                Fleet.version(answer.body()),
                "MD5",
                answer.headers().firstValue("x-MD5").orElse("none"),
                answer.body()));
    }
}

package org.caravanhub.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.Caravan;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.MqttPrograms;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.SettingsReader;

/** A whole hub with its own broker on loopback, and its admin. */
final class WholeHub implements AutoCloseable {
    final String http;
    final String mqtt;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Caravan hub;
    private final String token;

    WholeHub(Path data, String broker) {
        this(data, broker, Map.of());
    }

    WholeHub(Path data, String broker, Map<String, String> environment) {
        int mqttPort = Ports.free();
        Map<String, String> all = new HashMap<>(environment);
        all.put("CARAVAN_BROKER", broker);
        all.put("CARAVAN_MQTT_HOST", "127.0.0.1");
        all.put("CARAVAN_HTTP_HOST", "127.0.0.1");
        Map<Setting, String> options = Map.of(
                Setting.DATA,
                data.toString(),
                Setting.HTTP_PORT,
                "0",
                Setting.MQTT_PORT,
                Integer.toString(mqttPort),
                Setting.ROUTES,
                Path.of("routes").toAbsolutePath().toString());
        hub = Caravan.start(SettingsReader.read(Path.of("."), all, options, null), EmulatedDevices.NONE);
        http = "http://127.0.0.1:" + hub.facts().httpPort();
        mqtt = "tcp://127.0.0.1:" + mqttPort;
        token = hub.facts().token().text();
    }

    /** What the admin is answered. */
    JsonNode get(String path) {
        return json(send(asked(path).GET()));
    }

    /** What the admin is answered to a body; to none if it is empty. */
    JsonNode post(String path, String body) {
        HttpRequest.Builder request = asked(path).POST(HttpRequest.BodyPublishers.ofString(body));
        return json(send(body.isEmpty() ? request : request.header("Content-Type", "application/json")));
    }

    /** The status of a reading that this device sends over HTTP. */
    int ingest(JsonNode issued) {
        return ingest(issued, "");
    }

    int ingest(JsonNode issued, String query) {
        String pair = issued.get("user").asText() + ":" + issued.get("password").asText();
        return send(HttpRequest.newBuilder(URI.create(http + "/api/v1/ingest" + query))
                        .header(
                                "Authorization",
                                "Basic " + java.util.Base64.getEncoder().encodeToString(pair.getBytes()))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"temperature_c\":20}")))
                .statusCode();
    }

    /** Whether the broker lets this device in now, and takes something on its own topic. */
    boolean letsIn(JsonNode issued) {
        return MqttPrograms.publish(
                                mqtt,
                                login(issued),
                                "caravan/" + issued.get("id").asText() + "/telemetry",
                                "{\"temperature_c\":21.5}")
                        .exit()
                == 0;
    }

    static List<String> login(JsonNode issued) {
        return MqttPrograms.login(
                issued.get("user").asText(), issued.get("password").asText());
    }

    private HttpRequest.Builder asked(String path) {
        return HttpRequest.newBuilder(URI.create(http + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}

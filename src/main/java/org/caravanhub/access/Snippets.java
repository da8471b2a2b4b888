package org.caravanhub.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanhub.broker.TopicRules;
import org.caravanhub.device.Registration;

/**
 * What is pasted into firmware, or into a shell, to make a device speak: the files in {@code snippet/} of the class path, with the device's
 * own address, names and topics put in.
 */
public final class Snippets {
    /** What there are, by name. */
    public static final List<String> KINDS =
            List.of("esphome", "arduino", "esp-idf", "micropython", "mosquitto_pub", "curl");

    /** Stands where the password belongs. */
    public static final String PASSWORD = "PASSWORD-OF-THE-DEVICE";

    private Snippets() {}

    /** Which a device of this family can use; one that is on no topic, or a gateway with firmware of its own, only some. */
    public static List<String> of(String family) {
        return switch (family) {
            case "http" -> List.of("curl");
            case "ruuvi" -> List.of("mosquitto_pub", "curl");
            default -> KINDS;
        };
    }

    /**
     * One of them.
     *
     * @param kind one of {@link #of}
     * @param user what the device signs in as
     * @param http the hub's URL
     */
    public static String text(String kind, Registration registration, String user, BrokerAddress broker, String http) {
        boolean isPlainEsphome = registration.topics().family().equals("esphome");
        String text = read(kind.equals("esphome") && !isPlainEsphome ? "esphome-json" : kind);
        for (Map.Entry<String, String> value :
                values(registration, user, broker, http).entrySet()) {
            text = text.replace('{' + value.getKey() + '}', value.getValue());
        }
        return text;
    }

    private static Map<String, String> values(
            Registration registration, String user, BrokerAddress broker, String http) {
        Spoken spoken = Spoken.by(registration.device(), registration.topics());
        TopicRules rules = FamilyRules.of(registration.device(), registration.topics());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("id", registration.device());
        values.put("host", broker.host());
        values.put("url-host", broker.inUrl());
        values.put("port", Integer.toString(broker.port()));
        values.put("scheme", broker.isTls() ? "mqtts" : "mqtt");
        values.put("http", http);
        values.put("http:signed", http.replace("://", "://" + user + ":" + PASSWORD + "@"));
        values.put("user", user);
        values.put("password", PASSWORD);
        values.put("topic", spoken.topic());
        values.put("payload", spoken.payload("21.5"));
        values.put("c:payload-format", spoken.payload("%.1f").replace("\"", "\\\""));
        values.put("py:payload-format", spoken.payload("%.1f"));
        values.put("c:subscribe", lines(rules, "    mqtt.subscribe(\"%s\", 1);\n"));
        values.put("idf:subscribe", lines(rules, "        esp_mqtt_client_subscribe(event->client, \"%s\", 1);\n"));
        values.put("py:subscribe", lines(rules, "client.subscribe(\"%s\", 1)\n"));
        String status = Spoken.statusTopic(registration.device(), registration.topics());
        values.put("c:will", status.isEmpty() ? "" : ", \"" + status + "\", 1, true, \"offline\"");
        values.put("c:birth", line(status, "    mqtt.publish(\"%s\", \"online\", true);\n"));
        values.put("idf:will", line(status, """
                            settings.session.last_will.topic = "%s";
                            settings.session.last_will.msg = "offline";
                            settings.session.last_will.qos = 1;
                            settings.session.last_will.retain = 1;
                        """));
        values.put(
                "idf:birth",
                line(status, "        esp_mqtt_client_publish(event->client, \"%s\", \"online\", 0, 1, 1);\n"));
        values.put("py:will", line(status, "client.set_last_will(\"%s\", \"offline\", retain=True, qos=1)\n"));
        values.put("py:birth", line(status, "client.publish(\"%s\", \"online\", retain=True, qos=1)\n"));
        values.put("tls:pub", broker.isTls() ? "--cafile /etc/ssl/certs/ca-certificates.crt\n" : "");
        values.put("tls:yaml", broker.isTls() ? "  certificate_authority: !secret mqtt_authority\n" : "");
        values.put("tls:c", broker.isTls() ? "// This broker speaks TLS: take WiFiClientSecure and setCACert.\n" : "");
        values.put(
                "tls:idf",
                broker.isTls() ? "    settings.broker.verification.crt_bundle_attach = esp_crt_bundle_attach;\n" : "");
        values.put("tls:py", broker.isTls() ? ", ssl=True" : "");
        return values;
    }

    /** This line with the topic, if there is one. */
    private static String line(String topic, String line) {
        return topic.isEmpty() ? "" : line.formatted(topic);
    }

    private static String lines(TopicRules rules, String line) {
        StringBuilder lines = new StringBuilder();
        rules.subscribe().forEach(filter -> lines.append(line.formatted(filter)));
        return lines.toString();
    }

    private static String read(String kind) {
        try (InputStream file = Snippets.class.getResourceAsStream("/snippet/" + kind + ".txt")) {
            if (file == null) {
                throw new IllegalArgumentException("there is no snippet for " + kind);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("snippet/" + kind + ".txt cannot be read", e);
        }
    }
}

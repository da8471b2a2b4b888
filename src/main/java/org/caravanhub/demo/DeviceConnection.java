package org.caravanhub.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A device's own connection to the broker. Not the hub's client: devices are strangers to the hub. Used by one thread. */
final class DeviceConnection implements AutoCloseable {
    private static final long TIMEOUT_MS = 5_000;

    private final MqttClient client;
    private final String topic;

    private DeviceConnection(MqttClient client, String topic) {
        this.client = client;
        this.topic = topic;
    }

    /** @throws IOException if the broker cannot be reached, or refuses the credential */
    static DeviceConnection open(String brokerUrl, Credential credential) throws IOException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(credential.device());
        options.setPassword(credential.password().getBytes(StandardCharsets.UTF_8));
        options.setCleanStart(true);
        options.setKeepAliveInterval(30);
        options.setConnectionTimeout(5);
        try {
            MqttClient client = new MqttClient(brokerUrl, credential.device(), new MemoryPersistence());
            client.setTimeToWait(TIMEOUT_MS);
            DeviceConnection connection = new DeviceConnection(client, "caravan/" + credential.device() + "/telemetry");
            try {
                client.connect(options);
            } catch (MqttException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (MqttException e) {
            throw new IOException(credential.device() + " cannot connect to " + brokerUrl + ": " + e.getMessage(), e);
        }
    }

    /** Publishes at QoS 1 and returns when the broker has it. */
    void publish(String payload) throws IOException {
        try {
            client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
        } catch (MqttException e) {
            throw new IOException("cannot publish to " + topic + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 200);
        } catch (MqttException e) {
            // It was not connected.
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            // It is closed already.
        }
    }
}

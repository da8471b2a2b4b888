package org.caravanhub.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A device's own connection to the broker. Not the hub's client: devices are strangers to the hub. Used by one thread. */
final class DeviceConnection implements AutoCloseable {
    private static final long TIMEOUT_MS = 5_000;

    private final MqttAsyncClient client;
    private final String topic;
    private final String statusTopic;

    private DeviceConnection(MqttAsyncClient client, String device) {
        this.client = client;
        this.topic = "caravan/" + device + "/telemetry";
        this.statusTopic = "caravan/" + device + "/status";
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
            MqttAsyncClient client = new MqttAsyncClient(brokerUrl, credential.device(), new MemoryPersistence());
            DeviceConnection connection = new DeviceConnection(client, credential.device());
            try {
                client.connect(options).waitForCompletion(TIMEOUT_MS);
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
        publishAll(List.of(payload));
    }

    /** Says how it is, at QoS 1, and returns when the broker has it. */
    void publishStatus(String payload) throws IOException {
        try {
            begin(statusTopic, payload.getBytes(StandardCharsets.UTF_8)).waitForCompletion(TIMEOUT_MS);
        } catch (MqttException e) {
            throw new IOException("cannot publish to " + statusTopic + ": " + e.getMessage(), e);
        }
    }

    /** Publishes all at QoS 1 and returns when the broker has them. */
    void publishAll(List<String> payloads) throws IOException {
        try {
            List<IMqttToken> sent = new ArrayList<>();
            for (String payload : payloads) {
                sent.add(begin(topic, payload.getBytes(StandardCharsets.UTF_8)));
            }
            for (IMqttToken token : sent) {
                token.waitForCompletion(TIMEOUT_MS);
            }
        } catch (MqttException e) {
            throw new IOException("cannot publish to " + topic + ": " + e.getMessage(), e);
        }
    }

    /** The client calls a message done a moment before it counts it as done. */
    private IMqttToken begin(String to, byte[] payload) throws MqttException {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (true) {
            try {
                return client.publish(to, payload, 1, false);
            } catch (MqttException e) {
                boolean isCounting = e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT;
                if (!isCounting || System.nanoTime() - giveUp > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 200, true);
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

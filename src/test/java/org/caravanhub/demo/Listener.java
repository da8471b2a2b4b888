package org.caravanhub.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.caravanhub.message.Message;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Somebody who hears what is published. */
final class Listener implements MqttCallback, AutoCloseable {
    private final MqttClient client;
    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();

    Listener(String brokerUrl, String filter) throws MqttException {
        client = new MqttClient(brokerUrl, "listener", new MemoryPersistence());
        client.setCallback(this);
        client.connect();
        client.subscribe(filter, 1);
    }

    /** The next message; waits for it. */
    Message next() throws InterruptedException {
        Message message = heard.poll(20, TimeUnit.SECONDS);
        assertThat(message).as("a message within 20 s").isNotNull();
        return message;
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnectForcibly(0, 500);
        }
        client.close(true);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        heard.add(Message.of(topic, message.getPayload(), Instant.EPOCH));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException fault) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean again, String brokerUrl) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
}

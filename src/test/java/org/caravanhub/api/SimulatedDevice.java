package org.caravanhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** A device that listens to one topic and does what it is told, or what a test makes it do instead. Keeps its session while it is away. */
public final class SimulatedDevice implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Everything that came, in order: payloads. */
    public final List<String> heard = new CopyOnWriteArrayList<>();
    /** How often it took each reference for a new command. */
    public final Map<String, Integer> done = new ConcurrentHashMap<>();
    /** Whether any of them was kept by the broker. */
    public volatile boolean sawRetained;

    /** For how long the broker would have kept the last one, in seconds; -1 for ever. */
    public volatile long expirySeconds = -1;

    private final AtomicLong said = new AtomicLong();
    private final String id;
    private final String url;
    private final String topic;
    private final BiConsumer<SimulatedDevice, String> reaction;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private volatile @Nullable MqttAsyncClient client;
    private @Nullable ScheduledExecutorService keeper;

    /** @param reaction what it does with a payload, on a thread of its own */
    public SimulatedDevice(String id, String url, String topic, BiConsumer<SimulatedDevice, String> reaction) {
        this.id = id;
        this.url = url;
        this.topic = topic;
        this.reaction = reaction;
    }

    /** One of Caravan's own that acknowledges all it gets, and drops what it had before. */
    public static SimulatedDevice caravan(String id, String url) {
        return new SimulatedDevice(id, url, "caravan/" + id + "/cmd", (device, payload) -> {
            String reference = text(payload, "id");
            device.take(reference);
            device.say("caravan/" + id + "/cmd/ack", "{\"id\":\"" + reference + "\",\"state\":\"done\"}");
        });
    }

    /** Takes a command for new, unless it had it before. */
    public boolean take(String reference) {
        return done.merge(reference, 1, (was, one) -> was) == 1;
    }

    /** A number that changes when it hears or says something. */
    public long activity() {
        return heard.size() + 1_000L * said.get();
    }

    public SimulatedDevice wake() throws MqttException {
        connect();
        // The client's own way to come back is not always found.
        ScheduledExecutorService made = Executors.newSingleThreadScheduledExecutor();
        keeper = made;
        made.scheduleWithFixedDelay(this::comeBack, 200, 200, TimeUnit.MILLISECONDS);
        return this;
    }

    private MqttAsyncClient client() {
        return Objects.requireNonNull(client, "it is asleep");
    }

    private void comeBack() {
        MqttAsyncClient before = client();
        if (!before.isConnected()) {
            try {
                before.close(true);
                connect();
            } catch (MqttException | RuntimeException e) {
                // The broker is not back yet; the client fails in more ways than it says.
            }
        }
    }

    private void connect() throws MqttException {
        MqttAsyncClient made = new MqttAsyncClient(url, "device-" + id, new MemoryPersistence());
        made.setCallback(new MqttCallback() {
            @Override
            public void messageArrived(String on, MqttMessage message) {
                String payload = new String(message.getPayload(), StandardCharsets.UTF_8);
                Long expiry = message.getProperties().getMessageExpiryInterval();
                expirySeconds = expiry == null ? -1 : expiry;
                heard.add(payload);
                sawRetained |= message.isRetained();
                thread.execute(() -> reaction.accept(SimulatedDevice.this, payload));
            }

            @Override
            public void disconnected(MqttDisconnectResponse response) {}

            @Override
            public void mqttErrorOccurred(MqttException exception) {}

            @Override
            public void deliveryComplete(IMqttToken token) {}

            @Override
            public void connectComplete(boolean reconnect, String serverURI) {}

            @Override
            public void authPacketArrived(int reasonCode, MqttProperties properties) {}
        });
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(86_400L);
        made.connect(options).waitForCompletion(5_000);
        made.subscribe(topic, 1).waitForCompletion(5_000);
        client = made;
    }

    public void say(String on, String payload) {
        for (int attempt = 0; attempt < 60; attempt++) {
            try {
                client().publish(on, payload.getBytes(StandardCharsets.UTF_8), 1, false)
                        .waitForCompletion(5_000);
                said.incrementAndGet();
                return;
            } catch (MqttException e) {
                LockSupport.parkNanos(200_000_000);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        }
    }

    public static String text(String json, String member) {
        try {
            JsonNode value = JSON.readTree(json).get(member);
            return value == null ? "" : value.asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        ScheduledExecutorService made = keeper;
        if (made == null) {
            return;
        }
        made.shutdownNow();
        try {
            client().disconnectForcibly(0, 100, false);
            client().close(true);
        } catch (MqttException | RuntimeException e) {
            // it was asleep; the client fails in more ways than it says
        }
    }
}

package org.caravanhub.mqtt;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes over one connection. What is published while there is none waits for it, at most as long as its own timeout. What was
 * sent but not acknowledged when a connection ended is sent again on the next one. Any thread may publish.
 */
final class MqttPublisher implements MqttClient.User {
    /** How many messages may wait for the broker at once. */
    static final int MOST_WAITING = 1_000;

    private static final long NEVER = Long.MAX_VALUE;

    /** One message on its way. */
    private static final class Outgoing {
        private final String topic;
        private final byte[] payload;
        private final int qos;
        private final boolean retained;
        private final long untilNanos;
        private final Consumer<@Nullable PublishException> whenDone;
        private boolean isPossible;
        private @Nullable ScheduledFuture<?> timer;
        private int packetId;
        private boolean done;

        Outgoing(
                String topic,
                byte[] payload,
                int qos,
                boolean retained,
                long untilNanos,
                Consumer<@Nullable PublishException> whenDone) {
            this.topic = topic;
            this.payload = payload;
            this.qos = qos;
            this.retained = retained;
            this.untilNanos = untilNanos;
            this.whenDone = whenDone;
        }
    }

    private final MqttSettings settings;
    private final EventLoop loop;
    private final MqttClient client;
    private final Runnable whenConnected;
    private final AtomicInteger taken = new AtomicInteger();

    // On the event loop only.
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private final Map<Integer, Outgoing> sent = new LinkedHashMap<>();
    private @Nullable MqttLink link;
    private int sendMaximum = 1;
    private int largestPacket = Integer.MAX_VALUE;
    private int lastPacketId;

    /** @param whenConnected is told each time that there is a connection, on the event loop */
    MqttPublisher(MqttSettings settings, EventLoop loop, Clock clock, Runnable whenConnected) {
        this.whenConnected = whenConnected;
        this.settings = settings;
        this.loop = loop;
        this.client = new MqttClient(
                "publisher=" + settings.clientId(), settings, PacketReader.TRUNCATED_BYTES, loop, clock, this);
    }

    /** Begins to connect; returns at once. */
    void start() {
        client.start();
    }

    /** Says goodbye. What is still waiting fails. */
    CompletableFuture<@Nullable Void> stop() {
        loop.execute(() -> {
            List<Outgoing> left = new ArrayList<>(sent.values());
            left.addAll(waiting);
            sent.clear();
            waiting.clear();
            for (Outgoing outgoing : left) {
                finish(outgoing, failure(outgoing, "the hub is stopping"));
            }
        });
        return client.stop();
    }

    MqttClient.Status status() {
        return client.status();
    }

    /**
     * Publishes a message.
     *
     * @param topic without wildcards
     * @param payload not copied: nobody may change it
     * @param expiry how long it is worth anything; then it is not published, and the broker forgets it for who is away (MQTT 5). Empty for ever
     * @param whenDone called once, on another thread: with nothing when the broker has acknowledged (QoS 0: when it is written), or
     *     with what went wrong
     */
    void publish(
            String topic,
            byte[] payload,
            int qos,
            boolean retained,
            Optional<Duration> expiry,
            Duration timeout,
            Consumer<@Nullable PublishException> whenDone) {
        long untilNanos = expiry.map(Duration::toNanos)
                .map(nanos -> System.nanoTime() + nanos)
                .orElse(NEVER);
        Outgoing outgoing = new Outgoing(topic, payload, qos, retained, untilNanos, whenDone);
        if (taken.incrementAndGet() > MOST_WAITING) {
            finish(outgoing, failure(outgoing, MOST_WAITING + " messages are waiting for the broker already"));
            return;
        }
        loop.execute(() -> {
            outgoing.timer = loop.schedule(() -> expire(outgoing, timeout), timeout.toMillis(), TimeUnit.MILLISECONDS);
            waiting.add(outgoing);
            pump();
        });
    }

    private void pump() {
        while (link != null && sent.size() < sendMaximum && !waiting.isEmpty()) {
            Outgoing outgoing = waiting.remove();
            int bytes = outgoing.payload.length + outgoing.topic.getBytes(StandardCharsets.UTF_8).length + 12;
            if (bytes > largestPacket) {
                finish(outgoing, failure(outgoing, "the broker takes packets of at most " + largestPacket + " bytes"));
                continue;
            }
            OptionalInt expirySeconds = expirySeconds(outgoing);
            if (outgoing.untilNanos != NEVER && expirySeconds.isEmpty()) {
                finish(outgoing, failure(outgoing, "its time was up"));
                continue;
            }
            outgoing.isPossible = true;
            if (outgoing.qos > 0) {
                outgoing.packetId = nextPacketId();
                sent.put(outgoing.packetId, outgoing);
            }
            link.send(Requests.publish(
                    Math.max(1, outgoing.packetId),
                    outgoing.topic,
                    outgoing.payload,
                    outgoing.qos,
                    outgoing.retained,
                    settings.mqtt5() ? expirySeconds : OptionalInt.empty()));
            if (outgoing.qos == 0) {
                finish(outgoing, null);
            }
        }
    }

    /** Whole seconds, so that the broker never keeps it for longer than was said. */
    private static OptionalInt expirySeconds(Outgoing outgoing) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(outgoing.untilNanos - System.nanoTime());
        return outgoing.untilNanos == NEVER || seconds < 1
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(seconds, Integer.MAX_VALUE));
    }

    private void expire(Outgoing outgoing, Duration timeout) {
        waiting.remove(outgoing);
        sent.remove(outgoing.packetId, outgoing);
        MqttClient.Status status = client.status();
        finish(
                outgoing,
                failure(
                        outgoing,
                        "no acknowledgement within " + timeout.toMillis() + " ms"
                                + (status.connected() ? "" : "; not connected: " + status.reason())));
        pump();
    }

    private void finish(Outgoing outgoing, @Nullable PublishException failure) {
        if (outgoing.done) {
            return;
        }
        outgoing.done = true;
        taken.decrementAndGet();
        if (outgoing.timer != null) {
            outgoing.timer.cancel(false);
        }
        outgoing.whenDone.accept(failure);
    }

    @Override
    public void connected(MqttLink made, MqttConnAckMessage answer) {
        link = made;
        sendMaximum = Greeting.sendMaximum(answer, settings.mqtt5());
        largestPacket = Greeting.largestPacket(answer);
        List<Outgoing> again = new ArrayList<>(sent.values());
        sent.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            waiting.addFirst(again.get(i));
        }
        pump();
        whenConnected.run();
    }

    @Override
    public void answered(MqttMessage message) {
        if (!(message.variableHeader() instanceof MqttMessageIdVariableHeader header)) {
            return;
        }
        int code = header instanceof MqttPubReplyMessageVariableHeader reply ? reply.reasonCode() & 0xff : 0;
        boolean refused = code >= 0x80;
        if (message.fixedHeader().messageType() == MqttMessageType.PUBREC && !refused) {
            release(header.messageId());
            return;
        }
        Outgoing outgoing = sent.remove(header.messageId());
        if (outgoing != null) {
            // Refused is certain.
            outgoing.isPossible = !refused;
            finish(outgoing, refused ? failure(outgoing, refusal(code)) : null);
            pump();
        }
    }

    /** The second half of QoS 2. */
    private void release(int packetId) {
        if (link != null) {
            link.send(new MqttMessage(
                    new MqttFixedHeader(MqttMessageType.PUBREL, false, MqttQoS.AT_LEAST_ONCE, false, 0),
                    MqttMessageIdVariableHeader.from(packetId)));
        }
    }

    @Override
    public void arrived(List<Delivery> deliveries) {
        // Nothing is subscribed to.
    }

    @Override
    public void disconnected() {
        link = null;
    }

    private PublishException failure(Outgoing outgoing, String why) {
        return new PublishException(
                "Could not publish to \"" + outgoing.topic + "\" at " + settings.broker() + ": " + why + ".",
                outgoing.isPossible);
    }

    private static String refusal(int code) {
        return switch (code) {
            case 0x87 -> "the broker's access rules do not let this user publish there";
            case 0x97 -> "the broker's quota is used up";
            default -> "the broker refused it, reason code 0x" + Integer.toHexString(code);
        };
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % 65_535 + 1;
        } while (sent.containsKey(lastPacketId));
        return lastPacketId;
    }
}

package org.caravanhub.mqtt;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.caravanhub.message.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * Asks something that lives behind a topic, and hears what it answers on another. Keeps one connection of its own, made again for
 * ever, without a session: what was not answered when it ended is lost, and the asker's to repeat. Any thread may say something.
 */
public final class Conversation implements MqttClient.User, AutoCloseable {
    private static final int MOST_ANSWER_BYTES = 1 << 20;
    private static final int CONNECT_SECONDS = 5;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int STOP_MS = 1_000;

    /** Who listens. Called on the event loop, so it must be quick. */
    public interface Listener {
        /** Answers can be heard from now on. */
        void ready();

        /** Somebody was answered, perhaps somebody else. */
        void heard(byte[] answer);

        /** The broker let the connection come, but not this one to listen or speak. */
        void refused(String reason);

        /** What was said and not answered yet never will be. */
        void gone();
    }

    private final String askTopic;
    private final TopicFilter answerTopic;
    private final Listener listener;
    private final NioEventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("mqtt-control", true));
    private final MqttClient client;

    // On the event loop only.
    private @Nullable MqttLink link;
    private int lastPacketId;

    /**
     * Prepares one.
     *
     * @param door where, and as whom; the client id is the prefix and random characters
     * @param askTopic where questions are published
     * @param answerTopic where answers come
     */
    public Conversation(Door door, String askTopic, String answerTopic, Clock clock, Listener listener) {
        this.askTopic = askTopic;
        this.answerTopic = TopicFilter.of(answerTopic);
        this.listener = listener;
        String clientId = door.clientIdPrefix()
                + "control-"
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
        MqttSettings settings = door.settings(clientId, KEEP_ALIVE_SECONDS, CONNECT_SECONDS);
        this.client = new MqttClient("control=" + askTopic, settings, MOST_ANSWER_BYTES, loops.next(), clock, this);
    }

    /** Begins to connect; returns at once. */
    public void start() {
        client.start();
    }

    /** Why there is no connection; empty if there is one. */
    public String trouble() {
        MqttClient.Status status = client.status();
        return status.connected() ? "" : status.reason();
    }

    /** Says something; without a connection, nothing happens. */
    public void say(byte[] question) {
        try {
            loops.execute(() -> {
                if (link != null) {
                    link.send(Requests.publish(nextPacketId(), askTopic, question, 1, false, OptionalInt.empty()));
                }
            });
        } catch (RejectedExecutionException e) {
            // It was closed meanwhile.
        }
    }

    @Override
    public void connected(MqttLink made, MqttConnAckMessage answer) {
        link = made;
        made.send(Requests.subscribe(nextPacketId(), new Interest(List.of(answerTopic), List.of(), false), 0, true));
    }

    @Override
    public void answered(MqttMessage message) {
        if (message instanceof MqttSubAckMessage heard) {
            int code = heard.payload().reasonCodes().get(0);
            if (code < 0x80) {
                listener.ready();
            } else {
                listener.refused("it may not subscribe to " + answerTopic);
            }
        } else if (message.fixedHeader().messageType() == MqttMessageType.PUBACK
                && message.variableHeader() instanceof MqttPubReplyMessageVariableHeader reply
                && (reply.reasonCode() & 0xff) >= 0x80) {
            listener.refused("it may not publish to " + askTopic);
        }
    }

    @Override
    public void arrived(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (!delivery.message().retained()) {
                listener.heard(delivery.message().payload());
            }
        }
    }

    @Override
    public void disconnected() {
        link = null;
        listener.gone();
    }

    private int nextPacketId() {
        lastPacketId = lastPacketId % 65_535 + 1;
        return lastPacketId;
    }

    @Override
    public void close() {
        client.stop()
                .orTimeout(STOP_MS, TimeUnit.MILLISECONDS)
                .exceptionally(late -> null)
                .join();
        loops.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS);
    }
}

package org.caravanhub.broker;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.concurrent.TimeUnit;

/**
 * Stands between one client and Artemis, whose addresses divide levels by {@code .}, take {@code *} for one level and read
 * {@code a::b} as queue b of address a. Characters with such a meaning travel inside Artemis as others of Unicode's private
 * use area. Without this, a device id with a dot in it would not match {@code +}. It also notes whose session lasts.
 */
final class TopicCoding extends ChannelDuplexHandler {
    private static final char PRIVATE_USE = '\uE000';
    private static final String SPECIAL = ".*\\:";
    private static final int SESSION_EXPIRY = MqttProperties.MqttPropertyType.SESSION_EXPIRY_INTERVAL.value();
    private static final int LONGEST_SESSION_SECONDS = (int) TimeUnit.DAYS.toSeconds(BrokerSettings.SESSION_DAYS);

    private final SessionBook book;
    private String clientId = "";
    private boolean lasting;

    TopicCoding(SessionBook book) {
        this.book = book;
    }

    /** The MQTT topic, or filter, that an address of Artemis stands for. */
    static String topicOf(String address) {
        StringBuilder topic = new StringBuilder(address.length());
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            topic.append(
                    switch (c) {
                        case '.' -> '/';
                        case '*' -> '+';
                        default -> plain(c);
                    });
        }
        return topic.toString();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        super.channelRead(context, inward(message));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        super.write(context, outward(message), promise);
    }

    private Object outward(Object message) {
        if (message instanceof MqttPublishMessage publish) {
            return withTopic(publish, decode(publish.variableHeader().topicName()));
        }
        if (message instanceof MqttConnAckMessage answer
                && answer.variableHeader().connectReturnCode() == MqttConnectReturnCode.CONNECTION_ACCEPTED
                && !clientId.isEmpty()) {
            book.note(clientId, lasting); // signed in, and before the client can rely on it
        }
        return message;
    }

    private Object inward(Object message) {
        if (message instanceof MqttMessage packet && packet.decoderResult().isFailure()) {
            return message; // it has no parts
        }
        if (message instanceof MqttPublishMessage publish) {
            return withTopic(publish, encode(publish.variableHeader().topicName()));
        }
        if (message instanceof MqttSubscribeMessage subscribe) {
            return new MqttSubscribeMessage(
                    subscribe.fixedHeader(),
                    subscribe.idAndPropertiesVariableHeader(),
                    new MqttSubscribePayload(subscribe.payload().topicSubscriptions().stream()
                            .map(asked -> new MqttTopicSubscription(encode(asked.topicFilter()), asked.option()))
                            .toList()));
        }
        if (message instanceof MqttUnsubscribeMessage unsubscribe) {
            return new MqttUnsubscribeMessage(
                    unsubscribe.fixedHeader(),
                    unsubscribe.idAndPropertiesVariableHeader(),
                    new MqttUnsubscribePayload(unsubscribe.payload().topics().stream()
                            .map(TopicCoding::encode)
                            .toList()));
        }
        if (message instanceof MqttConnectMessage connect) {
            MqttConnectMessage bounded = withWillAndExpiry(connect);
            clientId = connect.payload().clientIdentifier();
            lasting = lasts(bounded);
            return bounded;
        }
        return message;
    }

    /** In MQTT 5 the expiry says so, before that the flag that the library calls clean session in both. */
    private static boolean lasts(MqttConnectMessage connect) {
        if (connect.variableHeader().version() < MqttVersion.MQTT_5.protocolLevel()) {
            return !connect.variableHeader().isCleanSession();
        }
        return connect.variableHeader().properties().getProperty(SESSION_EXPIRY)
                        instanceof MqttProperties.IntegerProperty expiry
                && expiry.value() != 0;
    }

    private static MqttPublishMessage withTopic(MqttPublishMessage publish, String topic) {
        MqttPublishVariableHeader header = publish.variableHeader();
        if (topic.equals(header.topicName())) {
            return publish;
        }
        return new MqttPublishMessage(
                publish.fixedHeader(),
                new MqttPublishVariableHeader(topic, header.packetId(), header.properties()),
                publish.payload());
    }

    /** Artemis counts a session's milliseconds in 32 bits: 30 days would end at once. The bound is Mosquitto's, too. */
    private static MqttConnectMessage withWillAndExpiry(MqttConnectMessage connect) {
        MqttProperties properties = connect.variableHeader().properties();
        if (properties.getProperty(SESSION_EXPIRY) instanceof MqttProperties.IntegerProperty expiry
                && Integer.compareUnsigned(expiry.value(), LONGEST_SESSION_SECONDS) > 0) {
            properties.add(new MqttProperties.IntegerProperty(SESSION_EXPIRY, LONGEST_SESSION_SECONDS));
        }
        MqttConnectPayload payload = connect.payload();
        if (payload.willTopic() == null) {
            return connect;
        }
        return new MqttConnectMessage(
                connect.fixedHeader(),
                connect.variableHeader(),
                new MqttConnectPayload(
                        payload.clientIdentifier(),
                        payload.willProperties(),
                        encode(payload.willTopic()),
                        payload.willMessageInBytes(),
                        payload.userName(),
                        payload.passwordInBytes()));
    }

    private static String encode(String topic) {
        StringBuilder encoded = null;
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                if (encoded == null) {
                    encoded = new StringBuilder(topic);
                }
                encoded.setCharAt(i, (char) (PRIVATE_USE + c));
            }
        }
        return encoded == null ? topic : encoded.toString();
    }

    private static String decode(String topic) {
        StringBuilder decoded = null;
        for (int i = 0; i < topic.length(); i++) {
            char plain = plain(topic.charAt(i));
            if (plain != topic.charAt(i)) {
                if (decoded == null) {
                    decoded = new StringBuilder(topic);
                }
                decoded.setCharAt(i, plain);
            }
        }
        return decoded == null ? topic : decoded.toString();
    }

    private static char plain(char c) {
        boolean coded = c > PRIVATE_USE && c < PRIVATE_USE + 128 && SPECIAL.indexOf(c - PRIVATE_USE) >= 0;
        return coded ? (char) (c - PRIVATE_USE) : c;
    }
}

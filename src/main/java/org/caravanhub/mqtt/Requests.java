package org.caravanhub.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import java.util.List;
import java.util.OptionalInt;
import org.caravanhub.message.TopicFilter;

/** The packets by which a client asks the broker for something. */
final class Requests {
    private Requests() {}

    /**
     * SUBSCRIBE. Where the session holds a filter already, an MQTT 5 broker does not send its retained messages again; where they
     * are not wanted, never.
     *
     * @param qos the highest quality of service to ask for
     */
    static MqttMessage subscribe(int packetId, Interest interest, int qos, boolean mqtt5) {
        MqttMessageBuilders.SubscribeBuilder subscribe =
                MqttMessageBuilders.subscribe().messageId(packetId);
        RetainedHandlingPolicy retained = interest.skipRetained()
                ? RetainedHandlingPolicy.DONT_SEND_AT_SUBSCRIBE
                : RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS;
        for (TopicFilter filter : interest.filters()) {
            if (mqtt5) {
                subscribe.addSubscription(
                        filter.toString(), new MqttSubscriptionOption(MqttQoS.valueOf(qos), false, false, retained));
            } else {
                subscribe.addSubscription(MqttQoS.valueOf(qos), filter.toString());
            }
        }
        return subscribe.build();
    }

    static MqttMessage unsubscribe(int packetId, List<TopicFilter> filters) {
        MqttMessageBuilders.UnsubscribeBuilder unsubscribe =
                MqttMessageBuilders.unsubscribe().messageId(packetId);
        for (TopicFilter filter : filters) {
            unsubscribe.addTopicFilter(filter.toString());
        }
        return unsubscribe.build();
    }

    /**
     * PUBLISH.
     *
     * @param packetId ours for it; without meaning with QoS 0
     * @param expirySeconds how long the broker keeps it for who is away; empty for ever, and for MQTT 3.1.1
     */
    static MqttMessage publish(
            int packetId, String topic, byte[] payload, int qos, boolean retained, OptionalInt expirySeconds) {
        MqttProperties properties = new MqttProperties();
        expirySeconds.ifPresent(seconds -> properties.add(new MqttProperties.IntegerProperty(
                MqttProperties.MqttPropertyType.PUBLICATION_EXPIRY_INTERVAL.value(), seconds)));
        return MqttMessageBuilders.publish()
                .properties(properties)
                .messageId(packetId)
                .topicName(topic)
                .payload(Unpooled.wrappedBuffer(payload))
                .qos(MqttQoS.valueOf(qos))
                .retained(retained)
                .build();
    }
}

package org.caravanhub.mqtt;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What client and broker agree on when a connection begins: CONNECT, and the limits that CONNACK tells. */
final class Greeting {
    private Greeting() {}

    /** The first packet of a connection. Topic aliases are not asked for, so the broker uses none. */
    static MqttConnectMessage connect(MqttSettings settings) {
        MqttMessageBuilders.ConnectBuilder connect = MqttMessageBuilders.connect()
                .clientId(settings.clientId())
                .cleanSession(settings.cleanStart())
                .keepAlive(settings.keepAliveSeconds())
                .protocolVersion(settings.mqtt5() ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1);
        if (settings.mqtt5()) {
            MqttProperties properties = new MqttProperties();
            if (!settings.cleanStart()) {
                properties.add(new IntegerProperty(
                        MqttPropertyType.SESSION_EXPIRY_INTERVAL.value(), (int) settings.sessionExpirySeconds()));
            }
            properties.add(new IntegerProperty(MqttPropertyType.RECEIVE_MAXIMUM.value(), settings.receiveMaximum()));
            connect.properties(properties);
        }
        if (settings.userName() != null) {
            connect.username(settings.userName());
        }
        if (settings.password() != null) {
            connect.password(settings.password().getBytes(StandardCharsets.UTF_8));
        }
        Will will = settings.will();
        if (will != null) {
            connect.willFlag(true)
                    .willTopic(will.topic())
                    .willMessage(will.payload())
                    .willQoS(MqttQoS.valueOf(will.qos()))
                    .willRetain(will.retained());
        }
        return connect.build();
    }

    /** How long either side may be silent: the broker's word if it gave one. */
    static int keepAliveSeconds(MqttConnAckMessage answer, MqttSettings settings) {
        return limit(answer, MqttPropertyType.SERVER_KEEP_ALIVE, settings.keepAliveSeconds());
    }

    /** How many unacknowledged messages we may send. MQTT 3.1.1 brokers do not tell; 20 is Mosquitto's limit. */
    static int sendMaximum(MqttConnAckMessage answer, boolean mqtt5) {
        return limit(answer, MqttPropertyType.RECEIVE_MAXIMUM, mqtt5 ? 65_535 : 20);
    }

    /** The largest packet that the broker takes, in bytes. */
    static int largestPacket(MqttConnAckMessage answer) {
        return limit(answer, MqttPropertyType.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE);
    }

    private static int limit(MqttConnAckMessage answer, MqttPropertyType type, int otherwise) {
        @Nullable MqttProperties properties = answer.variableHeader().properties();
        return properties != null && properties.getProperty(type.value()) instanceof IntegerProperty told
                ? told.value()
                : otherwise;
    }
}

package org.caravanhub.mqtt;

import org.apache.camel.spi.Metadata;

/** Headers and properties of exchanges, named as {@code camel-paho-mqtt5} names them where they mean the same. */
public final class MqttConstants {
    @Metadata(label = "consumer", description = "The topic it was published on.", javaType = "String")
    public static final String TOPIC = "CamelMqttTopic";

    @Metadata(label = "consumer", description = "The quality of service it was delivered with.", javaType = "Integer")
    public static final String QOS = "CamelMqttQoS";

    @Metadata(
            label = "consumer",
            description = "Whether the broker kept it from earlier, so that it may be old.",
            javaType = "Boolean")
    public static final String RETAINED = "CamelMqttRetained";

    @Metadata(
            label = "consumer",
            description = "Whether the broker marks it as delivered before.",
            javaType = "Boolean")
    public static final String DUPLICATE = "CamelMqttDuplicate";

    @Metadata(
            label = "producer",
            description = "The topic to publish on instead of the endpoint's. Removed after use.",
            javaType = "String")
    public static final String OVERRIDE_TOPIC = "CamelMqttOverrideTopic";

    @Metadata(
            label = "producer",
            description =
                    "After how many seconds the broker drops the message for who has not got it yet; what is older is not"
                            + " published. MQTT 5 only. Removed after use.",
            javaType = "Long")
    public static final String MESSAGE_EXPIRY = "CamelMqttMessageExpiry";

    private MqttConstants() {}
}

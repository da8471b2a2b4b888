package org.caravanhub.broker;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;

/**
 * Artemis' MQTT with two changes: a packet has a size that fits into memory before anybody has signed in (Artemis itself
 * waits for up to 256 MB), and topics pass through {@link TopicCoding}.
 */
final class ArtemisMqtt extends MQTTProtocolManagerFactory {
    private final SessionBook book;

    ArtemisMqtt(SessionBook book) {
        this.book = book;
    }

    @Override
    public ProtocolManager<?, ?> createProtocolManager(
            ActiveMQServer server,
            Map<String, Object> parameters,
            List<BaseInterceptor> incoming,
            List<BaseInterceptor> outgoing)
            throws Exception {
        ProtocolManager<?, ?> mqtt = super.createProtocolManager(server, parameters, incoming, outgoing);
        // A proxy, because the class behind it has no constructor for others.
        return (ProtocolManager<?, ?>) Proxy.newProxyInstance(
                ProtocolManager.class.getClassLoader(),
                new Class<?>[] {ProtocolManager.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(mqtt, arguments);
                        if (method.getName().equals("addChannelHandlers")) {
                            change((ChannelPipeline) arguments[0]);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void change(ChannelPipeline pipeline) {
        pipeline.replace(MqttDecoder.class, "packets", new MqttDecoder(BrokerSettings.MAX_PACKET_BYTES));
        pipeline.addAfter("packets", "topics", new TopicCoding(book));
        if (pipeline.get(MQTTProtocolHandler.class) == null) {
            throw new IllegalStateException(
                    "Artemis builds its pipeline differently than this version of the hub knows");
        }
    }
}

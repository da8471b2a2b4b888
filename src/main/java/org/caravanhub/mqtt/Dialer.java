package org.caravanhub.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the TCP connection under a {@link MqttLink}: looks up the broker's address, connects, and sets up TLS and the packets. */
final class Dialer {
    private final MqttSettings settings;
    private final int maxPayloadBytes;
    private final EventLoop loop;
    private final Clock clock;

    Dialer(MqttSettings settings, int maxPayloadBytes, EventLoop loop, Clock clock) {
        this.settings = settings;
        this.maxPayloadBytes = maxPayloadBytes;
        this.loop = loop;
        this.clock = clock;
    }

    /**
     * Connects; returns at once.
     *
     * @param link what the connection, once made, is handed to
     * @param failed is told on the event loop if there will be no connection
     */
    void dial(MqttLink link, Consumer<Ending> failed) {
        // Looking up an address may take seconds, and other connections share the event loop.
        Thread lookingUp = new Thread(
                () -> {
                    BrokerUrl broker = settings.broker();
                    InetSocketAddress address = new InetSocketAddress(broker.host(), broker.port());
                    if (!loop.isShuttingDown()) {
                        loop.execute(() -> connect(address, link, failed));
                    }
                },
                "mqtt-dial");
        lookingUp.setDaemon(true);
        lookingUp.start();
    }

    private void connect(InetSocketAddress address, MqttLink link, Consumer<Ending> failed) {
        if (address.isUnresolved()) {
            failed.accept(Ending.because("no host named \"" + address.getHostString() + "\""));
            return;
        }
        SslHandler tls;
        try {
            tls = tls();
        } catch (SSLException | IllegalArgumentException e) {
            failed.accept(Ending.because(e));
            return;
        }
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.connectTimeoutSeconds() * 1000)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ChannelPipeline pipeline = channel.pipeline();
                        if (tls != null) {
                            pipeline.addLast(tls);
                        }
                        pipeline.addLast(
                                new PacketReader(settings.mqtt5(), maxPayloadBytes, clock, new Acks(channel)),
                                new MqttDecoder(PacketReader.LARGEST_OTHER_PACKET),
                                MqttEncoder.INSTANCE,
                                link);
                    }
                })
                .connect(address)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        failed.accept(Ending.because(done.cause()));
                    }
                });
    }

    private @Nullable SslHandler tls() throws SSLException {
        return settings.broker().tls()
                ? settings.tls().handler(PooledByteBufAllocator.DEFAULT, settings.broker())
                : null;
    }
}

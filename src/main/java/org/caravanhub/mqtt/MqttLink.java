package org.caravanhub.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from CONNECT to its end: greets the broker, keeps the connection alive, notices when it is dead, and passes what
 * comes to its {@link Owner}. Never used again after its end. Everything happens on the connection's event loop.
 */
final class MqttLink extends ChannelInboundHandlerAdapter {
    /** Who is told what happens. Called on the event loop, so it must be quick. */
    interface Owner {
        /** The broker accepted us. */
        void accepted(MqttLink link, MqttConnAckMessage answer);

        /** Messages came, in their order. */
        void arrived(List<Delivery> deliveries);

        /** The broker answered something that was sent: SUBACK, UNSUBACK, PUBACK, PUBREC or PUBCOMP. */
        void answered(MqttMessage message);

        /** The connection is gone, or was never made. Called once. */
        void ended(MqttLink link, Ending ending);
    }

    private static final int PUBCOMP = 0x70;
    private static final long GOODBYE_MS = 1_000;

    private final MqttSettings settings;
    private final Owner owner;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Ending ending;
    private boolean up;
    private boolean leaving;
    /** Nothing was read since the last PINGREQ. */
    private boolean silent;

    MqttLink(MqttSettings settings, Owner owner) {
        this.settings = settings;
        this.owner = owner;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        active.writeAndFlush(Greeting.connect(settings));
        timer = active.executor()
                .schedule(
                        () -> end(Ending.because(
                                "the broker did not answer within " + settings.connectTimeoutSeconds() + " s")),
                        settings.connectTimeoutSeconds(),
                        TimeUnit.SECONDS);
    }

    @Override
    @SuppressWarnings("unchecked") // the only lists that come are the packet reader's
    public void channelRead(ChannelHandlerContext from, Object read) {
        silent = false;
        if (read instanceof List<?> deliveries) {
            if (!up) {
                throw new DecoderException("a message before the broker accepted the connection");
            }
            if (!leaving) {
                owner.arrived((List<Delivery>) deliveries);
            }
        } else if (read instanceof MqttMessage message) {
            if (message.decoderResult().isFailure()) {
                throw new DecoderException(message.decoderResult().cause());
            }
            take(message);
        }
    }

    private void take(MqttMessage message) {
        MqttMessageType type = message.fixedHeader().messageType();
        if (!up && type != MqttMessageType.CONNACK) {
            throw new DecoderException("a " + type + " before the broker accepted the connection");
        }
        switch (type) {
            case CONNACK -> greeted((MqttConnAckMessage) message);
            case SUBACK, UNSUBACK, PUBACK, PUBREC, PUBCOMP -> owner.answered(message);
            case PUBREL -> {
                int packetId = ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
                send(Unpooled.buffer(4).writeByte(PUBCOMP).writeByte(2).writeShort(packetId));
            }
            case DISCONNECT -> {
                boolean hasReason = message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader;
                end(Ending.byBroker(
                        hasReason
                                ? ((MqttReasonCodeAndPropertiesVariableHeader) message.variableHeader()).reasonCode()
                                        & 0xff
                                : 0));
            }
            case PINGRESP -> {}
            default -> throw new DecoderException("a " + type + ", which a broker never sends");
        }
    }

    private void greeted(MqttConnAckMessage answer) {
        if (up) {
            throw new DecoderException("a second CONNACK");
        }
        cancelTimer();
        int code = answer.variableHeader().connectReturnCode().byteValue() & 0xff;
        if (code != 0) {
            end(Ending.refused(code));
            return;
        }
        up = true;
        int keepAliveSeconds = Greeting.keepAliveSeconds(answer, settings);
        if (keepAliveSeconds > 0) {
            // Asking twice in each period: a dead connection is noticed within one of them.
            long periodMs = keepAliveSeconds * 500L;
            timer = Objects.requireNonNull(context)
                    .executor()
                    .scheduleAtFixedRate(this::ping, periodMs, periodMs, TimeUnit.MILLISECONDS);
        }
        owner.accepted(this, answer);
    }

    private void ping() {
        // While reading is paused, silence is our own doing.
        boolean reading = isReading();
        if (silent && reading) {
            end(Ending.because("the broker is silent"));
            return;
        }
        silent = reading;
        send(MqttMessage.PINGREQ);
    }

    /** Sends a packet. On a connection that is gone, it is dropped. */
    void send(Object packet) {
        Objects.requireNonNull(context).writeAndFlush(packet);
    }

    /** Reads on, or pauses: then the broker keeps what it has. */
    void reading(boolean on) {
        silent = false;
        Objects.requireNonNull(context).channel().config().setAutoRead(on);
    }

    /** Whether it reads, or is paused. */
    boolean isReading() {
        return Objects.requireNonNull(context).channel().config().isAutoRead();
    }

    /**
     * Says goodbye; the broker then ends the connection, and keeps the session for as long as was asked for. What still comes is
     * read and left: closing with unread bytes would reset the connection, and the broker would lose the last acknowledgements.
     */
    void disconnect() {
        ending = Ending.because("stopped");
        leaving = true;
        send(MqttMessage.DISCONNECT);
        reading(true);
        ChannelHandlerContext left = Objects.requireNonNull(context);
        cancelTimer();
        timer = left.executor().schedule(() -> left.close(), GOODBYE_MS, TimeUnit.MILLISECONDS);
    }

    /** Ends the connection without goodbye. */
    void end(Ending why) {
        if (ending == null) {
            ending = why;
        }
        Objects.requireNonNull(context).close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        cancelTimer();
        owner.ended(this, ending == null ? Ending.CLOSED : ending);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext caught, Throwable fault) {
        if (context == null) { // TLS that cannot even begin
            context = caught;
        }
        end(Ending.because(fault));
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}

package org.caravanhub.broker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.lang.reflect.Field;
import java.util.List;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;

/**
 * Closes a connection whose first bytes are no CONNECT of a sensible size. Artemis would take anything that looks like
 * HTTP, from anybody, into memory until there is none left, and fails with a stack trace on a CONNECT of 2 MB.
 */
final class FirstPacket extends ByteToMessageDecoder {
    private static final int CONNECT = 0x10;
    private static final int MAX_LENGTH_BYTES = 4;

    /**
     * Puts one in front of each connection that is accepted from now on.
     *
     * @throws ReflectiveOperationException if this version of Artemis keeps its channels elsewhere: it has no hook for this
     */
    static void guard(Acceptor acceptor) throws ReflectiveOperationException {
        Field channels = NettyAcceptor.class.getDeclaredField("serverChannelGroup");
        channels.setAccessible(true);
        for (Channel listening : (ChannelGroup) channels.get(acceptor)) {
            listening.pipeline().addFirst("first-packet", new Accepted());
            // It is passed by until the channel's own thread has taken note of it.
            listening.eventLoop().submit(() -> {}).syncUninterruptibly();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        int start = bytes.readerIndex();
        if (bytes.getUnsignedByte(start) != CONNECT) {
            refuse(context, bytes);
            return;
        }
        int length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            if (bytes.readableBytes() < i + 2) {
                return; // the rest of the length is still to come
            }
            int next = bytes.getUnsignedByte(start + 1 + i);
            length |= (next & 0x7f) << (7 * i);
            if ((next & 0x80) == 0) {
                if (length > BrokerSettings.MAX_PACKET_BYTES) {
                    refuse(context, bytes);
                } else {
                    context.pipeline().remove(this); // passes the bytes on
                }
                return;
            }
        }
        refuse(context, bytes);
    }

    private static void refuse(ChannelHandlerContext context, ByteBuf bytes) {
        bytes.skipBytes(bytes.readableBytes());
        context.close();
    }

    /** Sees each connection before Artemis does. */
    @Sharable
    private static final class Accepted extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            ((Channel) accepted).pipeline().addFirst(new FirstPacket());
            context.fireChannelRead(accepted);
        }
    }
}

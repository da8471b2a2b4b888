package org.caravanhub.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Arrays;
import java.util.List;

/**
 * The acknowledgements of one connection. Those that are given while the previous ones are being written leave together, in one
 * write. Any thread may acknowledge; on a connection that is gone it does nothing.
 */
final class Acks {
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;

    private final Channel channel;
    private int[] waiting = new int[64];
    private int count;
    private boolean flushing;

    Acks(Channel channel) {
        this.channel = channel;
    }

    /** Tells the broker that these need not be sent again. All must have come on this connection. */
    void acknowledge(List<Delivery> deliveries) {
        if (!channel.isActive()) {
            return;
        }
        synchronized (this) {
            if (waiting.length < count + deliveries.size()) {
                waiting = Arrays.copyOf(waiting, Math.max(2 * waiting.length, count + deliveries.size()));
            }
            for (int i = 0; i < deliveries.size(); i++) {
                Delivery delivery = deliveries.get(i);
                if (delivery.qos() > 0) {
                    waiting[count++] = (delivery.qos() == 1 ? PUBACK : PUBREC) << 16 | delivery.packetId();
                }
            }
            if (count == 0 || flushing) {
                return;
            }
            flushing = true;
        }
        channel.eventLoop().execute(this::flush);
    }

    private void flush() {
        ByteBuf packets;
        synchronized (this) {
            flushing = false;
            packets = channel.alloc().buffer(4 * count);
            for (int i = 0; i < count; i++) {
                packets.writeByte(waiting[i] >>> 16);
                packets.writeByte(2);
                packets.writeShort(waiting[i]);
            }
            count = 0;
        }
        channel.writeAndFlush(packets);
    }
}

package org.caravanhub.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.caravanhub.message.Message;

/**
 * Cuts what the broker sends into packets. PUBLISH, the packet of the hot path, is decoded here and passed on as a
 * {@code List<Delivery>}, one list for each read; every other packet is passed on whole to Netty's decoder.
 *
 * <p>A message larger than {@code maxPayloadBytes} is passed on truncated as soon as its beginning is here, and the rest is
 * skipped as it comes, so that no message needs more than half a megabyte.
 *
 * <p>It works on an array of its own: while the JVM is still interpreting, that is several times faster than reading a
 * {@link ByteBuf} byte by byte.
 */
final class PacketReader extends ChannelInboundHandlerAdapter {
    /** How much of a message that is too large is kept. */
    static final int TRUNCATED_BYTES = 65_536;

    /** Room for topic (at most 64 KB) and properties. */
    private static final int VARIABLE_HEADER_BYTES = 131_072;

    static final int LARGEST_OTHER_PACKET = 65_536;
    private static final int SMALL_BUFFER = 16_384;
    private static final int READ_BUFFER = 131_072;
    private static final int PUBLISH = 3;

    private final boolean mqtt5;
    private final int maxPayloadBytes;
    private final Clock clock;
    private final Acks acks;
    private final TopicNames topics = new TopicNames();

    private byte[] bytes = new byte[SMALL_BUFFER];
    private int start;
    private int end;
    /** How many bytes of a truncated message are still to come. */
    private int skip;

    private List<Delivery> deliveries = new ArrayList<>();

    PacketReader(boolean mqtt5, int maxPayloadBytes, Clock clock, Acks acks) {
        this.mqtt5 = mqtt5;
        this.maxPayloadBytes = maxPayloadBytes;
        this.clock = clock;
        this.acks = acks;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        ByteBuf in = (ByteBuf) read;
        Instant now = clock.instant();
        try {
            while (in.isReadable()) {
                if (skip > 0) {
                    int skipped = Math.min(skip, in.readableBytes());
                    in.skipBytes(skipped);
                    skip -= skipped;
                } else {
                    makeRoom(Math.min(in.readableBytes(), READ_BUFFER / 2));
                    int copied = Math.min(in.readableBytes(), bytes.length - end);
                    in.readBytes(bytes, end, copied);
                    end += copied;
                    cut(context, now);
                }
            }
        } finally {
            in.release();
            passDeliveries(context);
        }
    }

    private void cut(ChannelHandlerContext context, Instant now) {
        while (end - start >= 2) {
            int at = start + 1;
            int remaining = 0;
            int shift = 0;
            boolean more = true;
            while (more && at < end) {
                if (shift > 21) {
                    throw new DecoderException("a packet length of more than 4 bytes");
                }
                byte b = bytes[at++];
                remaining |= (b & 0x7f) << shift;
                shift += 7;
                more = b < 0;
            }
            if (more) {
                return;
            }
            boolean publish = (bytes[start] & 0xff) >> 4 == PUBLISH;
            int total = at - start + remaining;
            if (!publish && total > LARGEST_OTHER_PACKET) {
                throw new DecoderException("a control packet of " + total + " bytes");
            }
            boolean tooLarge = publish && remaining > maxPayloadBytes + VARIABLE_HEADER_BYTES;
            int needed = tooLarge ? Math.min(total, VARIABLE_HEADER_BYTES + TRUNCATED_BYTES) : total;
            int available = Math.min(end - start, total);
            if (available < needed) {
                makeRoom(needed - available);
                return;
            }
            if (publish) {
                deliveries.add(publish(bytes[start], at, start + available, start + total, now));
            } else {
                passDeliveries(context);
                context.fireChannelRead(Unpooled.copiedBuffer(bytes, start, total));
            }
            start += available;
            skip = total - available;
        }
    }

    /** Decodes a PUBLISH whose bytes from {@code at} on are here up to {@code availableEnd}, of those up to {@code totalEnd}. */
    private Delivery publish(int flags, int at, int availableEnd, int totalEnd, Instant now) {
        int qos = flags >> 1 & 3;
        if (qos == 3) {
            throw new DecoderException("a message with QoS 3");
        }
        int topicLength = at + 2 <= totalEnd ? unsignedShort(at) : 0;
        int next = at + 2 + topicLength;
        require(next + (qos > 0 ? 2 : 0) + (mqtt5 ? 1 : 0) <= totalEnd);
        String topic = topics.name(bytes, at + 2, topicLength);
        int packetId = 0;
        if (qos > 0) {
            packetId = unsignedShort(next);
            require(packetId != 0);
            next += 2;
        }
        byte[] properties = null;
        if (mqtt5) {
            int length = 0;
            int shift = 0;
            byte b;
            do {
                require(next < totalEnd && shift <= 21);
                b = bytes[next++];
                length |= (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            require(length <= totalEnd - next);
            if (length > 0 && length <= availableEnd - next) {
                properties = Arrays.copyOfRange(bytes, next, next + length);
            }
            next += length;
        }
        int size = totalEnd - next;
        int kept = size > maxPayloadBytes ? Math.min(TRUNCATED_BYTES, maxPayloadBytes) : size;
        int from = Math.min(next, availableEnd);
        byte[] payload = Arrays.copyOfRange(bytes, from, Math.min(from + kept, availableEnd));
        Message message = new Message(topic, payload, now, (flags & 1) != 0, (flags & 8) != 0, size);
        return new Delivery(message, qos, packetId, properties, acks);
    }

    private void passDeliveries(ChannelHandlerContext context) {
        if (!deliveries.isEmpty()) {
            List<Delivery> passed = deliveries;
            deliveries = new ArrayList<>(Math.max(16, passed.size()));
            context.fireChannelRead(passed);
        }
    }

    /** Makes it possible to add so many bytes, or more. */
    private void makeRoom(int wanted) {
        if (start == end) {
            start = 0;
            end = 0;
            if (bytes.length > READ_BUFFER) {
                bytes = new byte[SMALL_BUFFER];
            }
        }
        if (bytes.length - end >= wanted) {
            return;
        }
        int held = end - start;
        byte[] target = bytes.length - held >= wanted ? bytes : new byte[Math.max(held + wanted, 2 * bytes.length)];
        System.arraycopy(bytes, start, target, 0, held);
        bytes = target;
        start = 0;
        end = held;
    }

    private int unsignedShort(int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static void require(boolean wellFormed) {
        if (!wellFormed) {
            throw new DecoderException("a message that ends too early or has a wrong length");
        }
    }
}

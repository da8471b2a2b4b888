package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {
    private static final int LIMIT = 262_144;

    private final EmbeddedChannel channel = new EmbeddedChannel();

    private EmbeddedChannel reader(boolean mqtt5) {
        channel.pipeline().addLast(new PacketReader(mqtt5, LIMIT, Clock.systemUTC(), new Acks(channel)));
        return channel;
    }

    @Test
    void aMessageMayComeByteByByte() {
        reader(true);
        ByteBuf packets = Unpooled.buffer();
        publish(packets, 0x32 | 8, "a/b", 7, new byte[] {0x01, 0x01}, 5, (byte) 'x');
        publish(packets, 0x31, "c", 0, new byte[0], 0, (byte) 0);
        while (packets.isReadable()) {
            channel.writeInbound(packets.readRetainedSlice(1));
        }

        List<Delivery> deliveries = arrived();
        assertThat(deliveries).hasSize(2);
        Delivery first = deliveries.get(0);
        assertThat(first.qos()).isEqualTo(1);
        assertThat(first.packetId()).isEqualTo(7);
        assertThat(first.properties()).containsExactly(1, 1);
        assertThat(first.message().topic()).isEqualTo("a/b");
        assertThat(first.message().payload()).isEqualTo("xxxxx".getBytes(StandardCharsets.UTF_8));
        assertThat(first.message().repeated()).isTrue();
        assertThat(first.message().retained()).isFalse();
        assertThat(deliveries.get(1).message().retained()).isTrue();
        assertThat(deliveries.get(1).message().payload()).isEmpty();
    }

    @Test
    void aMessageOf256MegabytesPassesThroughHalfAMegabyte() {
        reader(true);
        int size = 268_435_455 - 6;
        ByteBuf head = Unpooled.buffer();
        head.writeByte(0x32);
        length(head, 268_435_455);
        head.writeShort(1).writeByte('t').writeShort(9).writeByte(0);
        channel.writeInbound(head);
        byte[] part = new byte[1 << 16];
        for (int left = size; left > 0; left -= Math.min(left, part.length)) {
            channel.writeInbound(Unpooled.wrappedBuffer(part, 0, Math.min(left, part.length)));
        }
        ByteBuf after = Unpooled.buffer();
        publish(after, 0x30, "next", 0, new byte[0], 3, (byte) 'y');
        channel.writeInbound(after);

        List<Delivery> deliveries = arrived();
        assertThat(deliveries).hasSize(2);
        assertThat(deliveries.get(0).message().isTruncated()).isTrue();
        assertThat(deliveries.get(0).message().size()).isEqualTo(size);
        assertThat(deliveries.get(0).message().payload()).hasSize(65_536);
        assertThat(deliveries.get(0).packetId()).isEqualTo(9);
        assertThat(deliveries.get(1).message().topic()).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT - 1, LIMIT, LIMIT + 1, LIMIT + 131_072, LIMIT + 131_100})
    void nothingIsLostAroundTheLimit(int size) {
        reader(false);
        ByteBuf packets = Unpooled.buffer();
        publish(packets, 0x30, "t", 0, null, size, (byte) 'z');
        publish(packets, 0x30, "next", 0, null, 1, (byte) 'z');
        while (packets.isReadable()) {
            channel.writeInbound(packets.readRetainedSlice(Math.min(60_001, packets.readableBytes())));
        }

        List<Delivery> deliveries = arrived();
        assertThat(deliveries).hasSize(2);
        assertThat(deliveries.get(0).message().size()).isEqualTo(size);
        assertThat(deliveries.get(0).message().payload()).hasSize(size > LIMIT ? 65_536 : size);
        assertThat(deliveries.get(1).message().topic()).isEqualTo("next");
    }

    @Test
    void aTopicThatIsNotTextIsStillATopic() {
        reader(false);
        ByteBuf packet = Unpooled.buffer();
        packet.writeByte(0x30).writeByte(6).writeShort(3);
        packet.writeByte('a').writeByte(0xff).writeByte(0).writeByte('x');
        channel.writeInbound(packet);

        assertThat(arrived().get(0).message().topic()).isEqualTo("a\uFFFD\0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "36 00", // QoS 3
                "30 00", // no topic
                "30 01 00", // half a length
                "30 03 00 05 61", // topic longer than the packet
                "32 03 00 01 61", // no packet id
                "32 05 00 01 61 00 00", // packet id zero
                "30 04 00 01 61 7f", // properties longer than the packet
                "30 08 00 01 61 80 80 80 80 01", // length of properties of five bytes
                "30 ff ff ff ff 7f", // length of the packet of five bytes
                "90 ff ff 7f", // a control packet of 2 MB
            })
    void whatIsNotMqttIsRefused(String hex) {
        reader(true);
        ByteBuf packet = Unpooled.buffer();
        for (String b : hex.split(" ")) {
            packet.writeByte(Integer.parseInt(b, 16));
        }

        assertThatThrownBy(() -> channel.writeInbound(packet)).isInstanceOf(DecoderException.class);
    }

    @SuppressWarnings("unchecked")
    private List<Delivery> arrived() {
        List<Delivery> deliveries = new ArrayList<>();
        for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
            deliveries.addAll((List<Delivery>) read);
        }
        return deliveries;
    }

    private static void publish(
            ByteBuf target,
            int first,
            String topic,
            int packetId,
            byte @Nullable [] properties,
            int size,
            byte content) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        target.writeByte(first);
        length(
                target,
                2 + name.length + (packetId > 0 ? 2 : 0) + (properties == null ? 0 : 1 + properties.length) + size);
        target.writeShort(name.length).writeBytes(name);
        if (packetId > 0) {
            target.writeShort(packetId);
        }
        if (properties != null) {
            target.writeByte(properties.length).writeBytes(properties);
        }
        for (int i = 0; i < size; i++) {
            target.writeByte(content);
        }
    }

    private static void length(ByteBuf target, int value) {
        int rest = value;
        do {
            target.writeByte(rest > 127 ? rest & 127 | 128 : rest);
            rest >>>= 7;
        } while (rest > 0);
    }
}

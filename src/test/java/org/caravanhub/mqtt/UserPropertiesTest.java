package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UserPropertiesTest {
    private final ByteBuf properties = Unpooled.buffer();

    @Test
    void theyAreFoundBetweenTheOtherProperties() {
        properties.writeByte(0x01).writeByte(1);
        properties.writeByte(0x02).writeInt(3600);
        text(properties.writeByte(0x03), "application/json");
        user("unit", "celsius");
        text(properties.writeByte(0x09), "correlation");
        properties.writeByte(0x0b).writeByte(0x80).writeByte(1);
        user("place", "roof");

        assertThat(read()).isEqualTo("{unit=celsius, place=roof}");
    }

    @Test
    void noneMayPassForOneOfCamels() {
        user("CamelHttpUri", "http://elsewhere");
        user("cAmElJdbcParameters", "x");
        user("CAMELFileName", "/etc/passwd");
        user("Org.Apache.Camel.x", "x");
        user("campfire", "warm");

        assertThat(read()).isEqualTo("{campfire=warm}");
    }

    @Test
    void whatIsCutOffIsLeftOut() {
        user("unit", "celsius");
        properties.writeByte(0x26).writeShort(5).writeByte('x');

        assertThat(read()).isEqualTo("{unit=celsius}");
    }

    private void user(String name, String value) {
        properties.writeByte(0x26);
        text(properties, name);
        text(properties, value);
    }

    private static void text(ByteBuf target, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.writeShort(bytes.length).writeBytes(bytes);
    }

    private String read() {
        return UserProperties.of(ByteBufUtil.getBytes(properties)).toString();
    }
}

package org.caravanhub.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/**
 * An image as the build system of an ESP32 makes it: header, one segment that begins with the description of the program, checksum and
 * digest. There is no program in it: a device that is emulated runs whatever it says that it is.
 */
public final class DemoImage {
    private static final int HEADER = 24;
    private static final int SEGMENT_HEADER = 8;
    private static final int DESCRIPTION = 256;
    private static final int DIGEST = 32;
    private static final int ALIGNED = 16;
    private static final byte CHECKSUM_SEED = (byte) 0xef;
    /** Where constants lie that are read through the cache. */
    private static final int DATA_ADDRESS = 0x3f400020;

    private static final int ENTRY = 0x40080000;
    private static final int DESCRIPTION_MAGIC = 0xabcd5432;

    private DemoImage() {}

    /**
     * The bytes of one; the same for the same arguments.
     *
     * @param project what its builder called it, at most 31 letters
     * @param version what its builder called this one, at most 31 letters
     * @param size about how many bytes it should have, at least 1024
     */
    public static byte[] of(String project, String version, int size) {
        int data = Math.max(1024, size) / ALIGNED * ALIGNED - HEADER - SEGMENT_HEADER - ALIGNED - DIGEST;
        data -= data % 4;
        int checked = (HEADER + SEGMENT_HEADER + data) / ALIGNED * ALIGNED + ALIGNED;
        ByteBuffer image = ByteBuffer.allocate(checked + DIGEST).order(ByteOrder.LITTLE_ENDIAN);
        header(image);
        image.putInt(DATA_ADDRESS).putInt(data);
        int begin = image.position();
        description(image, project, version);
        image.position(begin + DESCRIPTION);
        byte[] rest = new byte[data - DESCRIPTION];
        new Random((project + version).hashCode()).nextBytes(rest);
        image.put(rest);
        byte checksum = CHECKSUM_SEED;
        for (int i = begin; i < begin + data; i++) {
            checksum ^= image.get(i);
        }
        image.put(checked - 1, checksum);
        MessageDigest digest = sha256();
        digest.update(image.array(), 0, checked);
        image.position(checked);
        image.put(digest.digest());
        return image.array();
    }

    private static void header(ByteBuffer image) {
        image.put((byte) 0xe9).put((byte) 1).put((byte) 2).put((byte) 0x20).putInt(ENTRY);
        // No write protect pin, drive settings as they are, chip 0: ESP32.
        image.put((byte) 0xee).put(new byte[3]).putShort((short) 0).put((byte) 0);
        image.putShort((short) 0).putShort((short) 0xffff).put(new byte[4]).put((byte) 1);
    }

    private static void description(ByteBuffer image, String project, String version) {
        image.putInt(DESCRIPTION_MAGIC).putInt(0).putInt(0).putInt(0);
        text(image, version, 32);
        text(image, project, 32);
        text(image, "12:00:00", 16);
        text(image, "Jun  1 2026", 16);
        text(image, "v5.5", 32);
        image.put(sha256().digest((project + version).getBytes(StandardCharsets.UTF_8)));
    }

    private static void text(ByteBuffer image, String text, int length) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int begin = image.position();
        image.put(bytes, 0, Math.min(bytes.length, length - 1));
        image.position(begin + length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

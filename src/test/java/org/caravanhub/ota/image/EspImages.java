package org.caravanhub.ota.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Images as builders make them, for tests: small, whole, and no chip would start them. */
public final class EspImages {
    public static final int ESP32 = 0;
    public static final int ESP32_S3 = 9;
    public static final int ESP32_C3 = 5;

    private EspImages() {}

    /** An app of the ESP32 family. */
    public static byte[] app(int chip, String project, String version) {
        return app(chip, project, version, 4000);
    }

    /** The same, with so many bytes of program, a multiple of 4. */
    public static byte[] app(int chip, String project, String version, int programBytes) {
        return esp32(
                chip, List.of(description(project, version), noise(programBytes, version.hashCode()), noise(64, 2)));
    }

    /** What it says of itself. */
    public static byte[] description(String project, String version) {
        ByteBuffer bytes = little(256 + 128);
        bytes.putInt(0, 0xabcd5432).putInt(4, 7);
        put(bytes, 16, version);
        put(bytes, 48, project);
        put(bytes, 80, "19:46:07");
        put(bytes, 96, "Sep 13 2022");
        put(bytes, 112, "v5.3");
        bytes.put(144, noise(32, 3));
        return bytes.array();
    }

    /** What a bootloader says of itself. */
    public static byte[] bootloader(int chip) {
        byte[] segment = noise(3000, 1);
        segment[0] = 0x50;
        return esp32(chip, List.of(segment, noise(400, 2)));
    }

    /** Header, segments, checksum, digest. */
    public static byte[] esp32(int chip, List<byte[]> segments) {
        ByteBuffer header = little(24);
        header.put(0, (byte) 0xe9)
                .put(1, (byte) segments.size())
                .put(2, (byte) 2)
                .put(3, (byte) 0x20);
        header.putInt(4, 0x40374b2c)
                .put(8, (byte) 0xee)
                .putShort(12, (short) chip)
                .put(23, (byte) 1);
        byte[] image = withSegments(header.array(), 0x3c000020, segments);
        return joined(image, sha256(image));
    }

    /** As the Arduino core builds it: a bootloader, and at 4096 a program whose checksum proves nothing. */
    public static byte[] esp8266() {
        byte[] program = esp8266(0x40201010, List.of(noise(5000, 8), noise(1000, 9)));
        program[20] ^= 0x55;
        byte[] boot = Arrays.copyOf(esp8266(0x4010f000, List.of(noise(1384, 7))), 4096);
        return joined(boot, program);
    }

    public static byte[] esp8266(int address, List<byte[]> segments) {
        ByteBuffer header = little(8);
        header.put(0, (byte) 0xe9)
                .put(1, (byte) segments.size())
                .put(2, (byte) 2)
                .put(3, (byte) 0x40);
        header.putInt(4, 0x4010f29c);
        return withSegments(header.array(), address, segments);
    }

    /** For MCUboot. */
    public static byte[] mcuboot() {
        ByteBuffer image = little(512 + 3000);
        image.putInt(0, 0x96f3b83d).putShort(8, (short) 512).putInt(12, 3000);
        image.put(20, (byte) 1).put(21, (byte) 4).putShort(22, (short) 2).putInt(24, 77);
        image.put(512, noise(3000, 4));
        ByteBuffer records = little(4 + 4 + 32);
        records.putShort((short) 0x6907)
                .putShort((short) 40)
                .putShort((short) 0x10)
                .putShort((short) 32);
        records.put(sha256(image.array()));
        return joined(image.array(), records.array());
    }

    /** With a signature sector for Secure Boot v2. */
    public static byte[] signedV2(byte[] image) {
        byte[] padded = Arrays.copyOf(image, (image.length + 4095) / 4096 * 4096);
        Arrays.fill(padded, image.length, padded.length, (byte) 0xff);
        ByteBuffer sector = little(4096);
        Arrays.fill(sector.array(), 1216, 4096, (byte) 0xff);
        sector.put(0, (byte) 0xe7).put(1, (byte) 2).put(4, sha256(padded)).put(36, noise(1160, 5));
        CRC32 crc = new CRC32();
        crc.update(sector.array(), 0, 1196);
        sector.putInt(1196, (int) crc.getValue());
        return joined(padded, sector.array());
    }

    /** Bootloader, partition table and app. */
    public static byte[] factory(int bootloaderAt, byte[] app) {
        byte[] image = new byte[0x10000];
        Arrays.fill(image, (byte) 0xff);
        byte[] bootloader = bootloader(ESP32);
        System.arraycopy(bootloader, 0, image, bootloaderAt, bootloader.length);
        byte[] table = partitions();
        System.arraycopy(table, 0, image, 0x8000, table.length);
        return joined(image, app);
    }

    public static byte[] partitions() {
        byte[] table = new byte[3072];
        Arrays.fill(table, (byte) 0xff);
        for (int i = 0; i < 3; i++) {
            table[32 * i] = (byte) 0xaa;
            table[32 * i + 1] = 0x50;
        }
        return table;
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public static byte[] noise(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] withSegments(byte[] header, int address, List<byte[]> segments) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        image.writeBytes(header);
        int checksum = 0xef;
        int at = address;
        for (byte[] segment : segments) {
            image.writeBytes(little(8).putInt(at).putInt(segment.length).array());
            image.writeBytes(segment);
            at += segment.length;
            for (byte one : segment) {
                checksum ^= one;
            }
        }
        while (image.size() % 16 != 15) {
            image.write(0);
        }
        image.write(checksum);
        return image.toByteArray();
    }

    private static void put(ByteBuffer bytes, int at, String text) {
        byte[] letters = text.getBytes(StandardCharsets.UTF_8);
        bytes.put(at, letters, 0, Math.min(31, letters.length));
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

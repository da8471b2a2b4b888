package org.caravanhub.ota.image;

import static org.caravanhub.ota.image.Little.u16;
import static org.caravanhub.ota.image.Little.u8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Says what an uploaded file is. It is read as a stream, once or twice; a few ten thousand bytes are in memory. */
public final class ImageReader {
    /** ESP-IDF reads so much before it looks. */
    private static final int SMALLEST = 1024;

    private static final int PARTITIONS = 0x50aa;
    private static final int PARTITIONS_END = 0xebeb;
    private static final int PARTITION = 32;
    private static final int SECTOR = 4096;
    /** The partition table is at 0x8000, or some sectors later where a bootloader is larger. */
    private static final int FIRST_TABLE = 0x8000;

    private static final int LAST_TABLE = 0x12000;

    /** A bootloader of this family describes itself too, and begins so. */
    private static final int BOOTLOADER_DESCRIPTION = 0x50;

    /** More than the flash of any ESP8266 holds: what unpacks to more is no image. */
    private static final long LARGEST_UNPACKED = 16L << 20;

    /** Where a file can be read from its begin, again and again. */
    private interface Source {
        InputStream open() throws IOException;
    }

    private ImageReader() {}

    /**
     * What this file is.
     *
     * @throws IOException if the file could not be read; never for what is in it
     */
    public static Finding read(Path file) throws IOException {
        return read(() -> new BufferedInputStream(Files.newInputStream(file), 1 << 16), Files.size(file), false);
    }

    private static Finding read(Source source, long size, boolean isUnpacked) throws IOException {
        byte[] head = head(source);
        if (isPartitions(head, 0)) {
            return NoImage.instead(NoImage.Why.PARTITION_TABLE, "a partition table, not a program");
        }
        if (size < SMALLEST) {
            return NoImage.tooSmall(size);
        }
        if (u8(head, 0) == Segments.MAGIC) {
            return esp(source, head, isUnpacked ? Kind.GZIP : Kind.ESP8266);
        }
        if (isUnpacked) {
            return NoImage.instead(NoImage.Why.OTHER, "a gzip file with no image of the ESP8266 in it");
        }
        if (u16(head, 0) == 0x8b1f) {
            return unpacked(source, size);
        }
        if (McuBootImage.is(head)) {
            try (InputStream in = source.open()) {
                return McuBootImage.read(new ImageStream(in), head);
            }
        }
        return u8(head, 0) == 0xff && (isImage(head, SECTOR) || isImage(head, 2 * SECTOR))
                ? factory()
                : NoImage.instead(NoImage.Why.OTHER, Foreign.name(head));
    }

    private static Finding esp(Source source, byte[] head, Kind kind) throws IOException {
        if (Esp32App.is(head)) {
            try (InputStream in = source.open()) {
                return Esp32App.read(new ImageStream(in), head);
            }
        }
        for (int at = FIRST_TABLE; at <= LAST_TABLE; at += SECTOR) {
            if (isPartitions(head, at)) {
                return factory();
            }
        }
        Segments segments;
        try (InputStream in = source.open()) {
            segments = Segments.read(new ImageStream(in), Segments.Layout.ESP32).checked();
        }
        if (segments.isWhole()) {
            return u8(head, 32) == BOOTLOADER_DESCRIPTION
                    ? NoImage.instead(NoImage.Why.BOOTLOADER, "a bootloader of the ESP32 family, not a program")
                    : NoImage.instead(
                            NoImage.Why.NO_DESCRIPTION,
                            "an image of the ESP32 family without the description that every app has: an old"
                                    + " bootloader, or a program for RAM");
        }
        if (Esp8266Image.isLike(head)) {
            try (InputStream in = source.open()) {
                return Esp8266Image.read(new ImageStream(in), kind);
            }
        }
        return segments.refusal("something that begins like an ESP image");
    }

    /** Only what an ESP8266 unpacks. */
    private static Finding unpacked(Source packed, long size) throws IOException {
        try {
            long length;
            try (InputStream in = unpack(packed)) {
                length = in.skip(LARGEST_UNPACKED + 1);
            }
            if (length > LARGEST_UNPACKED) {
                return NoImage.instead(NoImage.Why.OTHER, "a gzip file of something larger than any ESP8266 can hold");
            }
            Finding inside = read(() -> unpack(packed), length, true);
            if (!(inside instanceof Image image)) {
                return inside;
            }
            return image.kind() == Kind.GZIP
                    ? Image.plain(Kind.GZIP, image.chip(), "", size, image.remarks())
                    : NoImage.instead(
                            NoImage.Why.OTHER, "a gzip file of an image for " + image.chip() + ", which cannot unpack");
        } catch (ZipException e) {
            return NoImage.damaged("a gzip file", "it cannot be unpacked");
        } catch (EOFException e) {
            return NoImage.cutOff("a gzip file", "before its end");
        }
    }

    private static InputStream unpack(Source packed) throws IOException {
        InputStream in = packed.open();
        try {
            return new GZIPInputStream(in, 1 << 14);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static byte[] head(Source source) throws IOException {
        try (InputStream in = source.open()) {
            byte[] head = in.readNBytes(LAST_TABLE + 2 * PARTITION);
            return head.length < SMALLEST ? Arrays.copyOf(head, SMALLEST) : head;
        }
    }

    private static NoImage factory() {
        return NoImage.instead(
                NoImage.Why.FACTORY,
                "a factory image: bootloader, partition table and app in one file (`firmware.factory.bin`,"
                        + " `merged.bin`), for the first time and with a cable");
    }

    private static boolean isImage(byte[] head, int at) {
        return at + 1 < head.length && u8(head, at) == Segments.MAGIC && u8(head, at + 1) >= 1;
    }

    /** Two entries, or one and the end of all. */
    private static boolean isPartitions(byte[] head, int at) {
        return at + PARTITION + 2 <= head.length
                && u16(head, at) == PARTITIONS
                && (u16(head, at + PARTITION) == PARTITIONS || u16(head, at + PARTITION) == PARTITIONS_END);
    }
}

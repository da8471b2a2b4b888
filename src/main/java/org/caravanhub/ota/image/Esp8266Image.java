package org.caravanhub.ota.image;

import static org.caravanhub.ota.image.Little.u32;
import static org.caravanhub.ota.image.Little.u8;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/**
 * An image of the ESP8266. The usual one is two: a small bootloader, and the program at 4096. The Arduino core writes a check value into
 * the program when its checksum is made already, so that of the program proves nothing.
 */
final class Esp8266Image {
    static final String WHAT = "an image of the ESP8266";

    private static final long SECOND = 4096;
    /** Where its memory is: an address elsewhere is none. */
    private static final long LOWEST = 0x3ff00000L;

    private static final long HIGHEST = 0x40400000L;
    /** A signature of the Arduino core, and its length. */
    private static final int SIGNATURE = 256;

    private Esp8266Image() {}

    /** Whether it begins like one, with a segment where this chip has memory. */
    static boolean isLike(byte[] head) {
        return head.length >= 16 && u8(head, 0) == Segments.MAGIC && u32(head, 8) >= LOWEST && u32(head, 8) < HIGHEST;
    }

    static Finding read(ImageStream in, Kind kind) throws IOException {
        Segments first = Segments.read(in, Segments.Layout.ESP8266).checked();
        if (!first.isWhole()) {
            return first.refusal(WHAT);
        }
        if (in.at() <= SECOND) {
            try {
                in.pass(SECOND - in.at(), false);
            } catch (EOFException e) {
                return NoImage.instead(NoImage.Why.BOOTLOADER, "a bootloader of the ESP8266, without a program");
            }
            Segments program = Segments.read(in, Segments.Layout.ESP8266);
            if (!program.isWhole()) {
                return program.refusal(WHAT);
            }
        }
        long end = in.at();
        byte[] tail = in.upTo(SIGNATURE + 4);
        boolean isPadding = in.passPadding() && ImageStream.isPadding(tail, 0, tail.length);
        boolean isSigned = in.at() - end == SIGNATURE + 4 && u32(tail, SIGNATURE) == SIGNATURE;
        List<String> remarks = isPadding || isSigned
                ? List.of()
                : List.of((in.at() - end) + " bytes follow the image that are neither padding nor a signature.");
        return Image.plain(kind, Chip.ESP8266, "", in.at(), remarks);
    }
}

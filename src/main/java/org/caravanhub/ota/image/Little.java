package org.caravanhub.ota.image;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.caravanhub.text.Plain;

/** Numbers and texts as chips keep them: the smallest byte first, and a zero after a text that does not fill its field. */
final class Little {
    private Little() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int u16(byte[] bytes, int at) {
        return u8(bytes, at) | u8(bytes, at + 1) << 8;
    }

    static long u32(byte[] bytes, int at) {
        return u16(bytes, at) | (long) u16(bytes, at + 2) << 16;
    }

    static String text(byte[] bytes, int from, int length) {
        int to = from;
        while (to < from + length && bytes[to] != 0) {
            to++;
        }
        return Plain.line(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** Hexadecimal; empty if all of it is zero, as nobody wrote it then. */
    static String hex(byte[] bytes, int from, int length) {
        String hex = HexFormat.of().formatHex(bytes, from, from + length);
        return hex.chars().allMatch(digit -> digit == '0') ? "" : hex;
    }
}

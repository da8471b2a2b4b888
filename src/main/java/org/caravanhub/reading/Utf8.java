package org.caravanhub.reading;

/** The rules of UTF-8 (RFC 3629): no overlong forms, no halves of surrogate pairs, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** Where the character ends that begins at {@code at}; {@code at} itself if no character begins there. */
    static int end(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        if (lead < 0x80) {
            return at + 1;
        }
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return at;
        }
        int second = bytes[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return at;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return at;
            }
        }
        return at + length;
    }

    /** Writes a character; answers where it ends. */
    static int put(byte[] into, int at, int character) {
        int next = at;
        if (character < 0x80) {
            into[next++] = (byte) character;
            return next;
        }
        if (character < 0x800) {
            into[next++] = (byte) (0xc0 | character >> 6);
        } else {
            if (character < 0x10000) {
                into[next++] = (byte) (0xe0 | character >> 12);
            } else {
                into[next++] = (byte) (0xf0 | character >> 18);
                into[next++] = (byte) (0x80 | character >> 12 & 0x3f);
            }
            into[next++] = (byte) (0x80 | character >> 6 & 0x3f);
        }
        into[next++] = (byte) (0x80 | character & 0x3f);
        return next;
    }

    /** How many characters (code points) these valid bytes are. */
    static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}

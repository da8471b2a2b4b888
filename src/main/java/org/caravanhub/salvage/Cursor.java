package org.caravanhub.salvage;

/** Walks over bytes that may be damaged: never past the end, and remembers that it would have. */
final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean failed;

    Cursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = Math.min(end, bytes.length);
        this.failed = from < 0 || from > this.end;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    /** Whether something was asked for that is not there; what was answered since then means nothing. */
    boolean hasFailed() {
        return failed;
    }

    /** SQLite's variable-length integer, 1 to 9 bytes. */
    long varint() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            int next = next();
            value = value << 7 | (next & 0x7f);
            if (next < 0x80) {
                return value;
            }
        }
        return value << 8 | next();
    }

    /** A big-endian integer with a sign, 0 to 8 bytes. */
    long integer(int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            int next = next();
            value = i == 0 ? (byte) next : value << 8 | next;
        }
        return value;
    }

    private int next() {
        if (failed || at >= end) {
            failed = true;
            return 0;
        }
        return bytes[at++] & 0xff;
    }

    /** Goes on by so many bytes. */
    void skip(int length) {
        if (failed || length < 0 || length > end - at) {
            failed = true;
        } else {
            at += length;
        }
    }
}

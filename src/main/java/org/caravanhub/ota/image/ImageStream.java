package org.caravanhub.ota.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A file from its begin to its end, with what is summed up on the way. Not for many threads. */
final class ImageStream {
    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private final MessageDigest sha256;
    private int exclusiveOr;
    private long at;

    ImageStream(InputStream in) {
        this.in = in;
        this.sha256 = sha256();
    }

    /** How many bytes were read. */
    long at() {
        return at;
    }

    /** The next bytes; it throws {@link EOFException} if there are not so many. */
    byte[] take(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        sha256.update(bytes);
        at += bytes.length;
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    /** The next bytes, or those that are left. */
    byte[] upTo(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        sha256.update(bytes);
        at += bytes.length;
        return bytes;
    }

    /** Goes over so many bytes, which belong to the checksum if {@code isData}. */
    void pass(long count, boolean isData) throws IOException {
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            sha256.update(buffer, 0, read);
            for (int i = 0; isData && i < read; i++) {
                exclusiveOr ^= buffer[i];
            }
            at += read;
            left -= read;
        }
    }

    /** Goes to the end; whether there was nothing but padding. */
    boolean passPadding() throws IOException {
        boolean isPadding = true;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            isPadding &= isPadding(buffer, 0, read);
            at += read;
        }
        return isPadding;
    }

    /** Zeros, or what erased flash reads. */
    static boolean isPadding(byte[] bytes, int from, int to) {
        boolean isPadding = true;
        for (int i = from; i < to; i++) {
            isPadding &= bytes[i] == 0 || bytes[i] == (byte) 0xff;
        }
        return isPadding;
    }

    /** All bytes that belong to the checksum, one by one. */
    int exclusiveOr() {
        return exclusiveOr & 0xff;
    }

    void beginChecksum() {
        exclusiveOr = 0xef;
    }

    /** Of everything so far. */
    byte[] digest() {
        try {
            return ((MessageDigest) sha256.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package org.caravanhub.reading;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * One JSON value in UTF-8, as the device wrote it. Whoever makes one has checked that it is valid. Immutable, if nobody changes the
 * array it was made from.
 */
public final class Document {
    private final byte[] json;

    private Document(byte[] json) {
        this.json = json;
    }

    /** From the bytes of a checked JSON value. The array is not copied. */
    public static Document ofChecked(byte[] json) {
        return new Document(json);
    }

    /** From a checked JSON value. */
    static Document ofChecked(String json) {
        return new Document(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The value's bytes; not a copy, do not change them. */
    public byte[] json() {
        return json;
    }

    /** 64 bits by which a repeat is known; nobody can make another document with the same ones. */
    public long fingerprint() {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(json))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Document document && Arrays.equals(json, document.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return new String(json, StandardCharsets.UTF_8);
    }
}

package org.caravanhub.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of something, to compare it without keeping it. */
final class Fingerprint {
    private final byte[] hash;

    private Fingerprint(byte[] hash) {
        this.hash = hash;
    }

    static Fingerprint of(byte[] bytes) {
        try {
            return new Fingerprint(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    static Fingerprint of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An entity tag: the first 128 bits. */
    String tag() {
        return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
    }

    /** Takes equally long wherever the difference is. */
    boolean matches(Fingerprint other) {
        return MessageDigest.isEqual(hash, other.hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && matches(fingerprint);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(hash);
    }
}

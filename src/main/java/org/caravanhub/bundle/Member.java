package org.caravanhub.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A part as it goes into a bundle: read, and without secrets.
 *
 * @param name its file there
 * @param what it is, in a few words
 * @param bytes UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Member(String name, String what, byte[] bytes) {
    static Member of(String name, String what, String text) {
        return new Member(name, what, text.getBytes(StandardCharsets.UTF_8));
    }

    /** In hexadecimal. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}

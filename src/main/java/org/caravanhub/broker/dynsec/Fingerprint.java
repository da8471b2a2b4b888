package org.caravanhub.broker.dynsec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.caravanhub.broker.PasswordHash;

/** Short texts by which two things are known to be the same, without saying what they are. */
final class Fingerprint {
    private static final int BYTES = 12;

    private Fingerprint() {}

    static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Of the salted hash, not of the password: another salt is another password. */
    static String of(PasswordHash password) {
        return of(password.text());
    }
}

package org.caravanhub.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/** Random letters that people can read to each other: without those that look like others. */
final class Letters {
    /** No i, l, 1, o, 0: 31 letters, 4.95 bits each. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int PASSWORD = 20;
    private static final int HALF_CODE = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Letters() {}

    /** A password of 99 bits. */
    static String password() {
        return random(PASSWORD);
    }

    /** A claim code of 50 bits: {@code K7QDW-9FRTX}. */
    static String claimCode() {
        return (random(HALF_CODE) + "-" + random(HALF_CODE)).toUpperCase(Locale.ROOT);
    }

    /** The end of a made-up id. */
    static String suffix() {
        return random(4);
    }

    /** What is kept of a claim code, however it is written: SHA-256 in hexadecimal. */
    static String hash(String code) {
        StringBuilder letters = new StringBuilder();
        code.toLowerCase(Locale.ROOT)
                .chars()
                .filter(c -> c != '-' && c > ' ')
                .limit(100)
                .forEach(c -> letters.append((char) c));
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(letters.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String random(int length) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return letters.toString();
    }
}

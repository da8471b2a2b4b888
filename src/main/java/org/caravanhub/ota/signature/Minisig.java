package org.caravanhub.ota.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What is in a {@code .minisig} file.
 *
 * @param isPrehashed whether the BLAKE2b-512 of the file was signed, and not the file
 * @param keyId of the key that it names
 * @param signature of the file, 64 bytes
 * @param comment the trusted comment, letter by letter: one character a byte
 * @param global signature of signature and comment, 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Minisig(boolean isPrehashed, long keyId, byte[] signature, String comment, byte[] global) {
    private static final String UNTRUSTED = "untrusted comment: ";
    private static final String TRUSTED = "trusted comment: ";

    /** Whether it means to be one. */
    static boolean isLike(byte[] file) {
        return new String(file, 0, Math.min(file.length, 30), StandardCharsets.ISO_8859_1)
                .startsWith("untrusted comment:");
    }

    /** Empty if it is not what minisign writes. */
    static Optional<Minisig> of(byte[] file) {
        String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        boolean isWhole = lines.length == 4 || (lines.length == 5 && lines[4].isEmpty());
        if (!isWhole || !lines[0].startsWith(UNTRUSTED) || !lines[2].startsWith(TRUSTED)) {
            return Optional.empty();
        }
        byte[] first = decoded(lines[1]);
        byte[] global = decoded(lines[3]);
        boolean isKnown = first.length == 74 && first[0] == 'E' && (first[1] == 'D' || first[1] == 'd');
        if (!isKnown || global.length != 64) {
            return Optional.empty();
        }
        return Optional.of(new Minisig(
                first[1] == 'D',
                keyId(first, 2),
                Arrays.copyOfRange(first, 10, 74),
                lines[2].substring(TRUSTED.length()),
                global));
    }

    /** What the global signature was made of. */
    byte[] signed() {
        byte[] text = comment.getBytes(StandardCharsets.ISO_8859_1);
        byte[] both = Arrays.copyOf(signature, signature.length + text.length);
        System.arraycopy(text, 0, both, signature.length, text.length);
        return both;
    }

    /** The comment for people. */
    String readable() {
        return new String(comment.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Eight bytes as a number, whose digits minisign shows. */
    static long keyId(byte[] bytes, int from) {
        long id = 0;
        for (int i = 7; i >= 0; i--) {
            id = (id << 8) | (bytes[from + i] & 0xff);
        }
        return id;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}

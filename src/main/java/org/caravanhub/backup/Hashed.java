package org.caravanhub.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Bytes that are counted and hashed while they pass. */
final class Hashed {
    private static final int PIECE = 128 * 1024;

    private Hashed() {}

    /**
     * What passed.
     *
     * @param bytes how many
     * @param sha256 in hexadecimal
     */
    record Passed(long bytes, String sha256) {}

    /** Reads to the end, and hands it on. */
    static Passed copy(InputStream in, OutputStream out, LongConsumer progress) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE];
        long bytes = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            digest.update(piece, 0, read);
            out.write(piece, 0, read);
            bytes += read;
            progress.accept(read);
        }
        return new Passed(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}

package org.caravanhub.flow.history;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of what a flow file holds: the first 16 hexadecimal digits of its SHA-256. The same bytes have the same name everywhere. */
public final class VersionId {
    private static final int BYTES = 8;

    private VersionId() {}

    /** The name of these bytes. */
    public static String of(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

package org.caravanhub.ota;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * In which percent of the devices one is: paku's hash, so that devices that came from there stay where they were. Neither rollout nor
 * version goes into it: the same devices are always the first, and those of a smaller percentage are among those of a larger.
 */
public final class Canary {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private Canary() {}

    /** The device's place, 0 to 99. */
    public static int bucket(String device) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(device.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).mod(HUNDRED).intValue();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether the device is in the first {@code percent}. */
    public static boolean isIn(String device, int percent) {
        return percent >= 100 || percent > 0 && bucket(device) < percent;
    }
}

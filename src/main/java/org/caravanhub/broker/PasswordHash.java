package org.caravanhub.broker;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a secret: salted PBKDF2-HMAC-SHA512 in the form of Mosquitto's password file,
 * {@code $7$ITERATIONS$SALT$HASH} with both parts in Base64, so that one hash serves every broker. Immutable.
 */
public final class PasswordHash {
    /**
     * As Mosquitto 2.0 does. Secrets are random and long, so stretching them adds nothing, while Mosquitto, which has one
     * thread, computes the hash of every connected client again at each change of accounts.
     */
    private static final int ITERATIONS = 101;

    /** More would let one line of a file keep a processor busy for seconds. */
    private static final int MAX_ITERATIONS = 1_000_000;

    /** Mosquitto before 2.1 takes no other length. */
    private static final int SALT_BYTES = 12;

    private static final int HASH_BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /** Hashes a secret with a salt of its own. */
    public static PasswordHash of(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, derive(secret, salt, ITERATIONS));
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException if the text has another form; it does not quote the text
     */
    public static PasswordHash parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 5 || !parts[0].isEmpty() || !parts[1].equals("7")) {
            throw new IllegalArgumentException("a password hash has the form $7$iterations$salt$hash");
        }
        int iterations;
        try {
            iterations = Integer.parseInt(parts[2]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the iterations of a password hash are a number", e);
        }
        byte[] salt = Base64.getDecoder().decode(parts[3]);
        byte[] hash = Base64.getDecoder().decode(parts[4]);
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("the iterations of a password hash are 1 to " + MAX_ITERATIONS);
        }
        if (salt.length != SALT_BYTES || hash.length != HASH_BYTES) {
            throw new IllegalArgumentException(
                    "a password hash has " + SALT_BYTES + " bytes of salt and " + HASH_BYTES + " bytes of hash");
        }
        return new PasswordHash(iterations, salt, hash);
    }

    /** Whether this is the hash of that secret; takes as long for a near miss as for any other. */
    public boolean matches(String secret) {
        return MessageDigest.isEqual(hash, derive(secret, salt, iterations));
    }

    /** The line for a password file, without the user. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "$7$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    private static byte[] derive(String secret, byte[] salt, int iterations) {
        PBEKeySpec key = new PBEKeySpec(secret.toCharArray(), salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA512", e);
        } finally {
            key.clearPassword();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that
                && iterations == that.iterations
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(hash);
    }

    /** Says nothing, so that no log and no error can. */
    @Override
    public String toString() {
        return "PasswordHash";
    }
}

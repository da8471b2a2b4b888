package org.caravanhub.demo;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a device signs in with.
 *
 * @param device its id, which is its user name too
 * @param password never shown
 */
public record Credential(String device, String password) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new password of 120 random bits, good as long as the process lives. */
    static Credential random(String device) {
        byte[] bytes = new byte[15];
        RANDOM.nextBytes(bytes);
        return new Credential(device, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "Credential[" + device + "]";
    }
}

package org.caravanhub.device;

import java.time.Instant;
import java.util.Optional;

/**
 * What a device signs in with.
 *
 * @param user the name: the device's id, or that of its other generation
 * @param device whose it is
 * @param passwordHash what is kept of the password, in the broker's form
 * @param madeAt since when it is there
 * @param expiresAt when it ends; empty for when it is taken away
 */
public record Credential(String user, String device, String passwordHash, Instant madeAt, Optional<Instant> expiresAt) {

    /** Whether it lets somebody in at this time. */
    public boolean isValid(Instant now) {
        return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "Credential[" + user + "]";
    }
}

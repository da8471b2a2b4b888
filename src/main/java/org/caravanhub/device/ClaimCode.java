package org.caravanhub.device;

import java.time.Instant;
import java.util.Optional;

/**
 * A code by which a device provisions itself, once. The code itself is not kept.
 *
 * @param id by what people name it: the first 12 digits of its hash
 * @param hash its SHA-256 in hexadecimal
 * @param device the id that the device gets; empty if it may choose
 * @param topics which topics are to be the device's own
 * @param model what kind of device it is; empty if the device says
 * @param group the group that it gets
 * @param madeBy who made it
 * @param madeAt when
 * @param expiresAt from when on it is worth nothing
 * @param usedAt when it was used
 * @param usedBy by which device; empty until then
 */
public record ClaimCode(
        String id,
        String hash,
        String device,
        Registration.Topics topics,
        String model,
        String group,
        String madeBy,
        Instant madeAt,
        Instant expiresAt,
        Optional<Instant> usedAt,
        String usedBy) {

    /** {@code open}, {@code used} or {@code expired}. */
    public String state(Instant now) {
        if (usedAt.isPresent()) {
            return "used";
        }
        return now.isBefore(expiresAt) ? "open" : "expired";
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "ClaimCode[" + id + "]";
    }
}

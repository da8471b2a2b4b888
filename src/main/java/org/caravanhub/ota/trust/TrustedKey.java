package org.caravanhub.ota.trust;

import java.time.Instant;
import org.caravanhub.ota.signature.VerifyingKey;

/**
 * A public key whose signatures count.
 *
 * @param name by which the owner calls it, and releases say who signed them
 * @param addedAt when
 * @param addedBy by whom
 */
public record TrustedKey(String name, VerifyingKey key, Instant addedAt, String addedBy) {}

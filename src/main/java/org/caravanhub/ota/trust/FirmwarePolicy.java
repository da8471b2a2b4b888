package org.caravanhub.ota.trust;

import java.time.Instant;

/**
 * What is asked of a model's releases.
 *
 * @param signedOnly whether one without a trusted signature is refused
 * @param changedAt when the owner said so
 * @param changedBy who did
 */
public record FirmwarePolicy(String model, boolean signedOnly, Instant changedAt, String changedBy) {}

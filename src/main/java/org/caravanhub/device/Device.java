package org.caravanhub.device;

import java.time.Instant;

/**
 * A device that was heard.
 *
 * @param id its id, see {@link org.caravanhub.reading.DeviceId}
 * @param family the protocol family it spoke first
 * @param firstSeen when its first message came
 * @param lastSeen when its last message came
 * @param received how many readings and malformed pieces it sent
 * @param stored how many became rows
 * @param duplicate how many were there already
 * @param quarantined how many could not be understood
 */
public record Device(
        String id,
        String family,
        Instant firstSeen,
        Instant lastSeen,
        long received,
        long stored,
        long duplicate,
        long quarantined) {}

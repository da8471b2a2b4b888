package org.caravanhub.command;

import java.time.Instant;

/**
 * How a device should be configured.
 *
 * @param device whose it is
 * @param document a JSON object, as its owner wrote it; empty if it is to be taken from the broker
 * @param topic on which the broker keeps it for the device
 * @param version counts its changes, from 1
 * @param publishedVersion the one that the broker has; 0 for none
 * @param changedAt when it changed last
 * @param changedBy who changed it
 */
public record DesiredConfiguration(
        String device,
        String document,
        String topic,
        long version,
        long publishedVersion,
        Instant changedAt,
        String changedBy) {

    /** Whether the broker has this version. */
    public boolean isPublished() {
        return publishedVersion == version;
    }

    /** Whether it is to be taken from the broker. */
    public boolean isWithdrawn() {
        return document.isEmpty();
    }
}

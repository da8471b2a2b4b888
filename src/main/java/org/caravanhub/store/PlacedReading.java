package org.caravanhub.store;

import org.caravanhub.reading.Reading;

/**
 * A reading as it was stored.
 *
 * @param sourceId the number of its voice; with the time it was measured, its place in the order of all readings
 * @param reading what was measured
 */
public record PlacedReading(long sourceId, Reading reading) {
    /** Where it stands. */
    public Place place() {
        return new Place(reading.measuredAt().toEpochMilli(), sourceId);
    }

    /**
     * A place in the order of all readings: by the time they were measured, then by voice.
     *
     * @param measuredAtMs UTC milliseconds
     * @param sourceId the number of the voice
     */
    public record Place(long measuredAtMs, long sourceId) {}
}

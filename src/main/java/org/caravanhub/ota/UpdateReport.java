package org.caravanhub.ota;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * What is told of a device's update.
 *
 * @param device its id
 * @param version the release that it is about; empty if that was not told: the one that is open then
 * @param stage how far it is
 * @param percent of this stage, 0 to 100
 * @param message what went wrong, or whatever else was told; empty if nothing
 * @param at when it was told
 */
public record UpdateReport(
        String device, String version, Stage stage, OptionalInt percent, String message, Instant at) {

    /** How far a device says it is. Only evidence makes an update done: what a device says of its success is a claim. */
    public enum Stage {
        PENDING,
        DOWNLOADING,
        DOWNLOADED,
        INSTALLING,
        SUCCESS,
        FAILED,
        ROLLED_BACK
    }
}

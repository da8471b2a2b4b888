package org.caravanhub.alert;

import java.time.Instant;

/**
 * What is not told for a while; it is opened and counted all the same.
 *
 * @param name only of this name; empty for any
 * @param device only of this device; empty for any
 * @param until when it is told again
 * @param by who said so
 */
public record Mute(String name, String device, Instant until, String by) {
    /** Whether this alert is not told at this moment. */
    boolean covers(Alert.About about, Instant now) {
        return now.isBefore(until)
                && (name.isEmpty() || name.equals(about.name()))
                && (device.isEmpty() || device.equals(about.device()));
    }
}

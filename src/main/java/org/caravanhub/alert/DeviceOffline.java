package org.caravanhub.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;

/** What is said of a device that is not heard any more. */
public final class DeviceOffline {
    /** What the alert is called. */
    public static final String NAME = "device-offline";

    private DeviceOffline() {}

    /**
     * The device missed so many of its messages that it is away.
     *
     * @param lastSeen when it was heard last
     * @param interval how often it speaks
     */
    public static Notice of(String device, Instant lastSeen, Duration interval, Instant now) {
        String silence = Ending.spoken(Duration.between(lastSeen, now));
        String text = "It speaks every " + Ending.spoken(interval) + ", and was heard last at "
                + lastSeen.truncatedTo(ChronoUnit.SECONDS)
                + ". Look at its power and its Wi-Fi. What it said last: caravan device show " + device;
        return new Notice(
                NAME, NAME, device + ": offline, not heard for " + silence, text, Priority.NORMAL, device, now);
    }
}

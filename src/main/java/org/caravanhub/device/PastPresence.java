package org.caravanhub.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the tables know of a device's presence when the hub starts.
 *
 * @param device its id
 * @param isRegistered whether its owner knows it
 * @param isDisabled whether its owner wants nothing of it
 * @param interval how often it speaks, if its owner says so
 * @param firstSeen when its first message came, if one did
 * @param lastSeen when its last message came, if one did
 * @param judged how it was judged last, if it was
 */
public record PastPresence(
        String device,
        boolean isRegistered,
        boolean isDisabled,
        Optional<Duration> interval,
        Optional<Instant> firstSeen,
        Optional<Instant> lastSeen,
        Optional<Judged> judged) {

    /**
     * How a device was judged.
     *
     * @param device its id
     * @param state the word for it
     * @param cause the word for why: {@code will}
     * @param reason why, for a person
     * @param since since when
     * @param heardAt when it was heard last; 1970 if never
     * @param usual how often it usually speaks, if that was learned
     */
    public record Judged(
            String device,
            Presence state,
            String cause,
            String reason,
            Instant since,
            Instant heardAt,
            Optional<Duration> usual) {}

    /**
     * A device that is heard through another one.
     *
     * @param device the sensor
     * @param gateway what hears it
     */
    public record Path(String device, String gateway) {}
}

package org.caravanhub.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.caravanhub.device.Presence;

/**
 * How a device is, and why.
 *
 * @param device its id
 * @param state whether it is there
 * @param reason why, for a person: {@code missed 3 of 60 s}
 * @param since since when it is so
 * @param heardAt when it was heard last, if it ever was
 * @param usual how often it speaks
 * @param usualFrom how that is known
 * @param isAsleep whether it went to sleep in good order
 * @param isFlapping whether it is lost and found again too often to tell each time
 * @param lostLastHour how often it was lost within the last hour
 */
public record Standing(
        String device,
        Presence state,
        String reason,
        Instant since,
        Optional<Instant> heardAt,
        Duration usual,
        From usualFrom,
        boolean isAsleep,
        boolean isFlapping,
        int lostLastHour) {

    /** How it is known how often a device speaks. */
    public enum From {
        /** Its owner says so. */
        OWNER,
        /** It was learned from when it spoke. */
        LEARNED,
        /** It is not known yet; five minutes are taken. */
        ASSUMED;

        /** The word that the API uses: {@code owner}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

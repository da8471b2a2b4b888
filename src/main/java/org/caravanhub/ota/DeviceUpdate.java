package org.caravanhub.ota;

import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of one device in one rollout. It ends once.
 *
 * @param rollout the rollout's number
 * @param device its id
 * @param version the release that it should get
 * @param from what it ran before; empty if nobody knows
 * @param state where it is
 * @param percent of downloading
 * @param reason why it is there, a sentence
 * @param attempts how often it began
 * @param offeredAt when it was offered last
 * @param startedAt when it began last
 * @param verifyingSince since when it runs the new version
 * @param endedAt when it came to an end
 * @param changedAt when any of this changed last
 */
public record DeviceUpdate(
        long rollout,
        String device,
        String version,
        String from,
        State state,
        int percent,
        String reason,
        int attempts,
        Optional<Instant> offeredAt,
        Optional<Instant> startedAt,
        Optional<Instant> verifyingSince,
        Optional<Instant> endedAt,
        Instant changedAt) {

    /** Where an update is. */
    public enum State {
        WAITING,
        OFFERED,
        DOWNLOADING,
        INSTALLING,
        VERIFYING,
        DONE,
        FAILED,
        ROLLED_BACK,
        TIMED_OUT;

        /** Whether nothing becomes of it any more. */
        public boolean isEnd() {
            return compareTo(VERIFYING) > 0;
        }
    }
}

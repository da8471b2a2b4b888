package org.caravanhub.ota;

import java.time.Instant;

/**
 * A release goes to devices.
 *
 * @param id grows
 * @param name for people; there is one of each
 * @param model which devices
 * @param version of the model's release
 * @param audience which of them
 * @param plan how
 * @param percent of the audience's ring that it is for now
 * @param ring the number of the ring that it has come to, from 0
 * @param state where it is
 * @param reason why it is there, a sentence; empty if nobody has to say
 * @param createdAt when it was made
 * @param createdBy by whom
 * @param changedAt when state, ring or percentage changed last
 */
public record Rollout(
        long id,
        String name,
        String model,
        String version,
        Audience audience,
        Plan plan,
        int percent,
        int ring,
        State state,
        String reason,
        Instant createdAt,
        String createdBy,
        Instant changedAt) {

    /** Where a rollout is. */
    public enum State {
        /** Devices are offered it. */
        RUNNING,
        /** Nobody is offered it; those that are updating come to their end. */
        PAUSED,
        /** Every device of its audience came to an end. */
        COMPLETED,
        /** It was ended before that. */
        STOPPED,
        /** Its devices get the last good release back. */
        ROLLING_BACK,
        /** They have it. */
        ROLLED_BACK
    }
}

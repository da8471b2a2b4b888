package org.caravanhub.ota;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

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
 * @param soaksSince since when enough devices of its ring are done
 * @param forgiven what came to an end before it was resumed last, which does not count again
 * @param returns the number of the rollout whose devices this one gives the last good release back; empty for any other
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
        Optional<Instant> soaksSince,
        Forgiven forgiven,
        OptionalLong returns,
        Instant createdAt,
        String createdBy,
        Instant changedAt) {

    /**
     * What does not count again when it is decided whether too many failed.
     *
     * @param failed devices that had failed
     * @param ended devices that had come to an end, failed or not
     */
    public record Forgiven(int failed, int ended) {
        /** Everything counts. */
        public static final Forgiven NOTHING = new Forgiven(0, 0);
    }

    /** The ring that it has come to. */
    public Plan.Ring ringNow() {
        return plan.rings().get(ring);
    }

    /** Where a rollout is. */
    public enum State {
        /** Devices are offered it. */
        RUNNING,
        /** Nobody is offered it; those that are updating come to their end. */
        PAUSED,
        /** Every device of its audience came to an end; one that comes later is offered it all the same, and then it runs again. */
        COMPLETED,
        /** It was ended before that, for good; devices that are updating come to their end. */
        STOPPED,
        /** Its devices get the last good release back. */
        ROLLING_BACK,
        /** They have it. */
        ROLLED_BACK;

        /** The state with this word; empty if there is none. */
        public static Optional<State> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }

        /** The word that API and tables use: {@code rolling_back}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether something may still become of it by itself. */
        public boolean isOpen() {
            return this == RUNNING || this == PAUSED || this == ROLLING_BACK;
        }

        /** Whether its devices may get its release; those of a completed one too: a device that comes late. */
        public boolean isOffering() {
            return this == RUNNING || this == COMPLETED;
        }
    }
}

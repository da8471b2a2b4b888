package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
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
 * @param verifyingSince since when it runs the new version, or says that it does
 * @param seenAt when the new version was seen first: told by the device when it was not asked how its update goes
 * @param spent until it runs the new version, how long it was awake since the offer; from then on, how long it was well. Kept roughly.
 * @param restarts how often it was seen to start again since it runs the new version
 * @param endedAt when it came to an end; also of one that waited when its rollout ended
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
        Optional<Instant> seenAt,
        Duration spent,
        int restarts,
        Optional<Instant> endedAt,
        Instant changedAt) {

    /** One that nothing has become of yet. */
    static DeviceUpdate waiting(long rollout, String device, String version, String from, Instant now) {
        return new DeviceUpdate(
                rollout,
                device,
                version,
                from,
                State.WAITING,
                0,
                "",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                0,
                Optional.empty(),
                now);
    }

    /** Whether something may still become of it. */
    public boolean isOpen() {
        return endedAt.isEmpty();
    }

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

        /** The state with this word; empty if there is none. */
        public static Optional<State> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }

        /** The word that API and tables use: {@code rolled_back}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is one of those that came to a bad end. */
        public boolean isFailure() {
            return compareTo(DONE) > 0;
        }

        /** Whether the device is at it: it counts among those that update at once. */
        public boolean isUpdating() {
            return this != WAITING && !isEnd();
        }

        /** Whether nothing becomes of it any more. */
        public boolean isEnd() {
            return compareTo(VERIFYING) > 0;
        }
    }
}

package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.Rollout.Forgiven;

/** How a rollout goes on: by what became of its devices, and by what its owner wants. What would change nothing is empty. */
final class Advance {
    /** Fewer say nothing in percent. */
    static final int FEW = 5;

    private Advance() {}

    /**
     * What becomes of it by itself.
     *
     * @param resting how many of those that wait are disabled: nobody waits for them
     */
    static Optional<Rollout> by(Rollout was, Counts counts, int resting, Instant now) {
        if (was.state() != Rollout.State.RUNNING) {
            return Optional.empty();
        }
        Optional<String> stuck = stuck(was, counts, resting);
        if (stuck.isPresent()) {
            return Optional.of(
                    Turned.from(was).to(Rollout.State.PAUSED, stuck.get()).at(now));
        }
        if (counts.total() == resting) {
            return Optional.empty();
        }
        if (isLast(was)) {
            return counts.ended() + resting == counts.total()
                    ? Optional.of(Turned.from(was)
                            .to(Rollout.State.COMPLETED, summary(counts, resting))
                            .at(now))
                    : Optional.empty();
        }
        return ring(was, counts, resting, now);
    }

    private static boolean isLast(Rollout rollout) {
        return rollout.ring() == rollout.plan().rings().size() - 1;
    }

    private static Optional<Rollout> ring(Rollout was, Counts counts, int resting, Instant now) {
        boolean isEnough = 100 * counts.of(State.DONE) >= wanted(was, counts, resting);
        if (!isEnough) {
            return was.soaksSince().isPresent()
                    ? Optional.of(Turned.from(was).soaksSince(Optional.empty()).at(now))
                    : Optional.empty();
        }
        Duration soak = was.ringNow().soak();
        if (!soak.isZero() && was.soaksSince().isEmpty()) {
            return Optional.of(Turned.from(was)
                    .soaksSince(Optional.of(now))
                    .reason("ring " + (was.ring() + 1) + " is done, and is watched for " + UpdateWatch.spoken(soak))
                    .at(now));
        }
        boolean isSoaked = was.soaksSince()
                .map(since -> !Duration.between(since, now).minus(soak).isNegative())
                .orElse(true);
        return isSoaked ? Optional.of(next(was, now)) : Optional.empty();
    }

    /** Its next ring begins; there must be one. */
    static Rollout next(Rollout was, Instant now) {
        int ring = was.ring() + 1;
        return Turned.from(was)
                .ring(ring)
                .soaksSince(Optional.empty())
                .reason("ring " + (ring + 1) + " of " + was.plan().rings().size() + " began")
                .at(now);
    }

    /** It goes on; what came to an end so far does not pause it again. */
    static Optional<Rollout> resumed(Rollout was, Counts counts, Instant now) {
        return was.state() == Rollout.State.PAUSED
                ? Optional.of(Turned.from(was)
                        .forgiven(new Forgiven(counts.failed(), counts.ended()))
                        .to(Rollout.State.RUNNING, "")
                        .at(now))
                : Optional.empty();
    }

    /** Somebody, or the hub, wants it to be in another state. */
    static Optional<Rollout> turned(Rollout was, Rollout.State state, String why, Instant now) {
        return was.state() == state
                ? Optional.empty()
                : Optional.of(Turned.from(was).to(state, why).at(now));
    }

    /** More devices of its ring. */
    static Optional<Rollout> raised(Rollout was, int percent, Instant now) {
        return was.percent() == percent
                ? Optional.empty()
                : Optional.of(Turned.from(was).percent(percent).at(now));
    }

    /** Why it has to pause, a sentence; empty if it need not. */
    static Optional<String> stuck(Rollout rollout, Counts counts, int resting) {
        return tooMany(rollout, counts).or(() -> outOfReach(rollout, counts, resting));
    }

    /** What a hundred times those that are done has to come to, for the next ring to begin. What was forgiven is left out. */
    private static int wanted(Rollout rollout, Counts counts, int resting) {
        return rollout.ringNow().success()
                * (counts.total() - resting - rollout.forgiven().failed());
    }

    /** A ring that cannot become good enough any more would stay for ever. */
    private static Optional<String> outOfReach(Rollout rollout, Counts counts, int resting) {
        int left = counts.total() - resting - counts.failed();
        if (isLast(rollout) || 100 * left >= wanted(rollout, counts, resting)) {
            return Optional.empty();
        }
        return Optional.of("ring " + (rollout.ring() + 1) + " needs "
                + rollout.ringNow().success() + " % of its devices done, and " + counts.failed() + " of "
                + (counts.total() - resting) + " failed; resumed, it goes on without them");
    }

    private static Optional<String> tooMany(Rollout rollout, Counts counts) {
        Plan.Stop stop = rollout.plan().stop();
        int failed = counts.failed() - rollout.forgiven().failed();
        int ended = counts.ended() - rollout.forgiven().ended();
        boolean isMany = stop.failures() > 0 && failed >= stop.failures();
        boolean isMuch = stop.percent() > 0 && ended >= FEW && failed > 0 && 100 * failed >= stop.percent() * ended;
        if (!isMany && !isMuch) {
            return Optional.empty();
        }
        String limit = isMany
                ? stop.failures() + (stop.failures() == 1 ? " failure pauses it" : " failures pause it")
                : stop.percent() + " % of failures pause it";
        return Optional.of(failed + " of " + ended + " devices that came to an end"
                + (rollout.forgiven().ended() > 0 ? " since it was resumed" : "") + " failed; " + limit);
    }

    private static String summary(Counts counts, int resting) {
        return counts.of(State.DONE) + " of " + counts.total() + " devices are done"
                + (counts.failed() == 0 ? "" : ", " + counts.failed() + " failed")
                + (resting == 0 ? "" : ", " + resting + (resting == 1 ? " is disabled" : " are disabled"));
    }
}

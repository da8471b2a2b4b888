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

    /** What becomes of it by itself. */
    static Optional<Rollout> by(Rollout was, Counts counts, Instant now) {
        if (was.state() != Rollout.State.RUNNING) {
            return Optional.empty();
        }
        Optional<String> tooMany = tooMany(was, counts);
        if (tooMany.isPresent()) {
            return Optional.of(
                    Turned.from(was).to(Rollout.State.PAUSED, tooMany.get()).at(now));
        }
        if (counts.total() == 0) {
            return Optional.empty();
        }
        boolean isLast = was.ring() == was.plan().rings().size() - 1;
        if (isLast) {
            return counts.ended() == counts.total()
                    ? Optional.of(Turned.from(was)
                            .to(Rollout.State.COMPLETED, summary(counts))
                            .at(now))
                    : Optional.empty();
        }
        return ring(was, counts, now);
    }

    private static Optional<Rollout> ring(Rollout was, Counts counts, Instant now) {
        boolean isEnough = 100 * counts.of(State.DONE) >= was.ringNow().success() * counts.total();
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
    static Optional<String> tooMany(Rollout rollout, Counts counts) {
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

    private static String summary(Counts counts) {
        return counts.of(State.DONE) + " of " + counts.total() + " devices are done"
                + (counts.failed() == 0 ? "" : ", " + counts.failed() + " failed");
    }
}

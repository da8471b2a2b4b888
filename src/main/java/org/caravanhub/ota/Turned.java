package org.caravanhub.ota;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A rollout with some of it changed. Used once, by one thread. */
final class Turned {
    private final Rollout was;
    private Plan plan;
    private int percent;
    private int ring;
    private Rollout.State state;
    private String reason;
    private Optional<Instant> soaksSince;
    private Rollout.Forgiven forgiven;

    private Turned(Rollout was) {
        this.was = was;
        this.plan = was.plan();
        this.percent = was.percent();
        this.ring = was.ring();
        this.state = was.state();
        this.reason = was.reason();
        this.soaksSince = was.soaksSince();
        this.forgiven = was.forgiven();
    }

    static Turned from(Rollout was) {
        return new Turned(was);
    }

    /** A new one, whose number is not known yet. */
    static Rollout made(RolloutDraft draft, OptionalLong returns, String who, Instant now) {
        return new Rollout(
                0,
                draft.name(),
                draft.model(),
                draft.version(),
                draft.audience(),
                draft.plan(),
                draft.plan().rings().get(0).percent(),
                0,
                draft.isPaused() ? Rollout.State.PAUSED : Rollout.State.RUNNING,
                draft.isPaused() ? "it was made so; resume it to begin" : "",
                Optional.empty(),
                Rollout.Forgiven.NOTHING,
                returns,
                now,
                who,
                now);
    }

    Turned to(Rollout.State next, String why) {
        state = next;
        reason = why;
        return this;
    }

    Turned reason(String why) {
        reason = why;
        return this;
    }

    Turned ring(int next) {
        ring = next;
        percent = plan.rings().get(next).percent();
        return this;
    }

    Turned percent(int now) {
        percent = now;
        plan = plan.withPercent(ring, now);
        return this;
    }

    Turned soaksSince(Optional<Instant> since) {
        soaksSince = since;
        return this;
    }

    Turned forgiven(Rollout.Forgiven what) {
        forgiven = what;
        return this;
    }

    Rollout at(Instant now) {
        return new Rollout(
                was.id(),
                was.name(),
                was.model(),
                was.version(),
                was.audience(),
                plan,
                percent,
                ring,
                state,
                reason,
                soaksSince,
                forgiven,
                was.returns(),
                was.createdAt(),
                was.createdBy(),
                now);
    }
}

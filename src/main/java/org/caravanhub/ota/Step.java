package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravanhub.ota.DeviceUpdate.State;

/** A device's update with some of it changed. Used once, by one thread. */
final class Step {
    private final DeviceUpdate was;
    private State state;
    private int percent;
    private String reason;
    private int attempts;
    private String from;
    private Optional<Instant> offeredAt;
    private Optional<Instant> startedAt;
    private Optional<Instant> verifyingSince;
    private Optional<Instant> seenAt;
    private Duration spent;
    private int restarts;
    private Optional<Instant> endedAt;

    private Step(DeviceUpdate was) {
        this.was = was;
        this.state = was.state();
        this.percent = was.percent();
        this.reason = was.reason();
        this.attempts = was.attempts();
        this.from = was.from();
        this.offeredAt = was.offeredAt();
        this.startedAt = was.startedAt();
        this.verifyingSince = was.verifyingSince();
        this.seenAt = was.seenAt();
        this.spent = was.spent();
        this.restarts = was.restarts();
        this.endedAt = was.endedAt();
    }

    /** From what it was. */
    static Step from(DeviceUpdate was) {
        return new Step(was);
    }

    /** It is here now, and why; a state that is an end ends it. */
    Step to(State next, String why, Instant now) {
        state = next;
        reason = why;
        if (next.isEnd()) {
            endedAt = Optional.of(now);
        }
        return this;
    }

    /** It is over though nothing became of it. */
    Step over(String why, Instant now) {
        reason = why;
        endedAt = Optional.of(now);
        return this;
    }

    /** It is offered, once more. */
    Step offered(Instant now) {
        attempts++;
        percent = 0;
        offeredAt = Optional.of(now);
        startedAt = Optional.empty();
        return this;
    }

    Step ran(String version) {
        from = from.isEmpty() ? version : from;
        return this;
    }

    Step percent(int now) {
        percent = now;
        return this;
    }

    Step started(Instant now) {
        startedAt = startedAt.or(() -> Optional.of(now));
        return this;
    }

    /** From now on counts how long it is well. */
    Step verifying(Instant now) {
        verifyingSince = verifyingSince.or(() -> Optional.of(now));
        percent = 100;
        return this;
    }

    Step seen(Instant now) {
        if (seenAt.isEmpty()) {
            seenAt = Optional.of(now);
            verifyingSince = Optional.of(now);
            spent = Duration.ZERO;
        }
        return this;
    }

    Step spent(Duration now) {
        spent = now;
        return this;
    }

    Step restarts(int now) {
        restarts = now;
        return this;
    }

    DeviceUpdate at(Instant now) {
        return new DeviceUpdate(
                was.rollout(),
                was.device(),
                was.version(),
                from,
                state,
                percent,
                reason,
                attempts,
                offeredAt,
                startedAt,
                verifyingSince,
                seenAt,
                spent,
                restarts,
                endedAt,
                now);
    }
}

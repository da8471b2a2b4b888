package org.caravanhub.ota;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.caravanhub.audit.AuditEntry;

/** Lets rollouts go on, pause, complete and return by themselves. */
final class Advancing {
    private static final String HUB = "hub";

    private final RolloutBook book;
    private final Returning returning;
    private final RolloutNews news;
    private final Clock clock;

    Advancing(RolloutBook book, Returning returning, RolloutNews news, Clock clock) {
        this.book = book;
        this.returning = returning;
        this.news = news;
        this.clock = clock;
    }

    /**
     * What has become of it; as it is now.
     *
     * @param isFirstLook whether it was not looked at in this run
     * @param choose chooses its devices: they are others in another ring
     */
    Rollout advance(Rollout rollout, boolean isFirstLook, Consumer<Rollout> choose) {
        if (rollout.state() == Rollout.State.ROLLING_BACK) {
            return returned(rollout);
        }
        if (isFirstLook && rollout.state() == Rollout.State.PAUSED) {
            // The hub may have been stopped between the pause and what follows from it.
            boolean isStuck = Advance.stuck(rollout, book.counts(rollout.id()), book.resting(rollout.id()))
                    .isPresent();
            return isStuck ? stuck(rollout) : rollout;
        }
        Rollout now = rollout;
        // Each time it comes to another ring its devices are chosen before it is looked at again.
        for (int i = 0; i <= rollout.plan().rings().size(); i++) {
            Optional<Rollout> next = step(now);
            if (next.isEmpty()) {
                return now;
            }
            now = next.get();
            news.changed(now);
            if (now.state() == Rollout.State.PAUSED) {
                return stuck(now);
            }
            choose.accept(now);
        }
        return now;
    }

    private Optional<Rollout> step(Rollout rollout) {
        Instant now = clock.instant();
        Counts counts = book.counts(rollout.id());
        int resting = counts.of(DeviceUpdate.State.WAITING) == 0 ? 0 : book.resting(rollout.id());
        Optional<Rollout> next = Advance.by(rollout, counts, resting, now);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Optional<AuditEntry> audit = next.filter(one -> one.state() == Rollout.State.PAUSED)
                .map(one -> new AuditEntry(
                        now, HUB, "pause-rollout", "rollout/" + one.id(), Notes.of("why", one.reason())));
        return book.change(rollout.id(), was -> Advance.by(was, counts, resting, now), audit);
    }

    private Rollout stuck(Rollout paused) {
        returning.hold(paused);
        news.stuck(paused, book.failed(paused.id(), RolloutStatus.MOST_FAILED));
        if (!paused.plan().returnsFailed() || returning.good(paused).isEmpty()) {
            return paused;
        }
        Instant at = clock.instant();
        AuditEntry audit =
                new AuditEntry(at, HUB, "rollback-rollout", "rollout/" + paused.id(), Notes.of("why", paused.reason()));
        Optional<Rollout> back = book.change(
                paused.id(),
                was -> was.state() == Rollout.State.PAUSED
                        ? Advance.turned(was, Rollout.State.ROLLING_BACK, paused.reason(), at)
                        : Optional.empty(),
                Optional.of(audit));
        // The alert stays open: what happened is for somebody to look at.
        back.ifPresent(news::told);
        back.ifPresent(now -> returning.begin(now, HUB));
        return back.orElse(paused);
    }

    /** Whether its devices have the last good release back. */
    private Rollout returned(Rollout rollout) {
        returning.begin(rollout, HUB);
        Optional<Rollout> back = book.returning(rollout.id());
        boolean isNobody = back.isPresent()
                && back.get().state() == Rollout.State.RUNNING
                && book.counts(back.get().id()).total() == 0;
        boolean isOver = isNobody || back.map(one -> !one.state().isOpen()).orElse(true);
        if (!isOver || !book.openUpdates(rollout.id()).isEmpty()) {
            return rollout;
        }
        Instant now = clock.instant();
        if (isNobody) {
            book.change(
                    back.get().id(),
                    was -> Advance.turned(was, Rollout.State.COMPLETED, "all of its devices run it", now),
                    Optional.empty());
        }
        String why = isNobody
                ? "its devices run " + back.get().version() + " again"
                : back.map(one -> "the rollout " + one.name() + " is "
                                + one.state().word() + ": " + one.reason())
                        .orElse("none of its devices had to be returned");
        Optional<Rollout> changed = book.change(
                rollout.id(),
                was -> was.state() == Rollout.State.ROLLING_BACK
                        ? Advance.turned(was, Rollout.State.ROLLED_BACK, why, now)
                        : Optional.empty(),
                Optional.empty());
        changed.ifPresent(news::changed);
        return changed.orElse(rollout);
    }
}

package org.caravanhub.ota;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.ota.RolloutRefused.Why;

/** Where people steer rollouts. Safe for use by many threads. */
final class RolloutDesk implements Rollouts {
    private final RolloutBook book;
    private final FleetBook fleet;
    private final Releases releases;
    private final Returning returning;
    private final RolloutShown shown;
    private final RolloutNews news;
    private final Runnable wake;
    private final Clock clock;

    /**
     * At these books.
     *
     * @param wake lets the rounds look soon
     */
    RolloutDesk(
            RolloutBook book,
            FleetBook fleet,
            Releases releases,
            Returning returning,
            RolloutShown shown,
            RolloutNews news,
            Runnable wake,
            Clock clock) {
        this.book = book;
        this.fleet = fleet;
        this.releases = releases;
        this.returning = returning;
        this.shown = shown;
        this.news = news;
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public Preview preview(RolloutDraft draft) {
        Release release = released(draft);
        List<Rollout> open = book.ofModel(draft.model()).stream()
                .filter(one -> one.state().isOpen())
                .toList();
        return Previewing.of(
                draft, release, fleet.ofModel(draft.model()), releases.ofModel(draft.model()), open, clock.instant());
    }

    @Override
    public Rollout create(RolloutDraft draft, Asker asker) {
        Release release = released(draft);
        Instant now = clock.instant();
        List<Member> members = fleet.ofModel(draft.model());
        List<Release> published = releases.ofModel(draft.model());
        Rollout made = book.create(
                        Turned.made(draft, OptionalLong.empty(), asker.who(), now),
                        kept -> Enrolment.of(kept, release, members, List.of(), published, List.of(), now)
                                .come(),
                        new AuditEntry(now, asker.who(), asker.action(), "rollout/" + draft.name(), Notes.of(draft)))
                .orElseThrow(() -> new RolloutRefused(
                        Why.NAME_TAKEN,
                        "there is a rollout named \"" + draft.name() + "\" already; give this one another name"));
        news.changed(made);
        wake.run();
        return made;
    }

    private Release released(RolloutDraft draft) {
        Optional<String> mistake = Selection.mistake(draft);
        if (mistake.isPresent()) {
            throw new RolloutRefused(Why.INVALID, mistake.get());
        }
        return releases.find(draft.model(), draft.version())
                .orElseThrow(() -> new RolloutRefused(
                        Why.NO_RELEASE,
                        "the model \"" + draft.model() + "\" has no release " + draft.version()
                                + "; caravan firmware list shows what was uploaded"));
    }

    @Override
    public List<RolloutStatus> list(Filter filter) {
        return shown.list(filter);
    }

    @Override
    public Optional<RolloutStatus> find(long id) {
        return shown.find(id);
    }

    @Override
    public Optional<RolloutStatus> find(String name) {
        return shown.find(name);
    }

    @Override
    public Rollout pause(long id, String why, Asker asker) {
        Rollout now = change(id, asker, "pause", was -> {
            allow(was, "paused", Rollout.State.RUNNING, Rollout.State.PAUSED);
            String reason = why.isEmpty() ? "paused by " + asker.who() : why;
            return Advance.turned(was, Rollout.State.PAUSED, reason, clock.instant());
        });
        returning.hold(now);
        return now;
    }

    @Override
    public Rollout resume(long id, Asker asker) {
        Counts counts = book.counts(id);
        return change(id, asker, "resume", was -> {
            if (was.state() == Rollout.State.COMPLETED) {
                throw new RolloutRefused(
                        Why.NOT_NOW,
                        "the rollout " + was.name() + " is completed, so nothing is left to resume; devices that failed"
                                + " get another chance in a new one: caravan rollout start");
            }
            allow(was, "resumed", Rollout.State.PAUSED, Rollout.State.RUNNING);
            return Advance.resumed(was, counts, clock.instant());
        });
    }

    @Override
    public Rollout advance(long id, Asker asker) {
        return change(id, asker, "advance", was -> {
            allow(was, "advanced", Rollout.State.RUNNING, Rollout.State.PAUSED);
            if (was.ring() + 1 >= was.plan().rings().size()) {
                throw new RolloutRefused(
                        Why.NOT_NOW,
                        "the rollout " + was.name() + " has come to its last ring; there is none after it");
            }
            return Optional.of(Advance.next(was, clock.instant()));
        });
    }

    @Override
    public Rollout raise(long id, int percent, Asker asker) {
        return change(id, asker, "raise", was -> {
            allow(was, "raised", Rollout.State.RUNNING, Rollout.State.PAUSED, Rollout.State.COMPLETED);
            if (percent < was.percent() || percent > 100) {
                throw new RolloutRefused(
                        Why.INVALID,
                        "the percentage is " + was.percent()
                                + " and can only grow, up to 100; to take devices out, stop the"
                                + " rollout and make another");
            }
            Optional<Rollout> raised = Advance.raised(was, percent, clock.instant());
            return was.state() == Rollout.State.COMPLETED
                    ? raised.flatMap(next ->
                            Advance.turned(next, Rollout.State.RUNNING, "more devices are in it", clock.instant()))
                    : raised;
        });
    }

    @Override
    public Rollout rollback(long id, Asker asker) {
        Rollout was = book.find(id).orElseThrow(() -> missing(id));
        if (was.state() != Rollout.State.ROLLING_BACK && returning.good(was).isEmpty()) {
            throw new RolloutRefused(
                    Why.NOTHING_TO_RETURN,
                    "no release of \"" + was.model() + "\" is known that its devices ran before " + was.version()
                            + "; upload one and roll that out");
        }
        Rollout now = change(id, asker, "rollback", is -> {
            allow(
                    is,
                    "rolled back",
                    Rollout.State.RUNNING,
                    Rollout.State.PAUSED,
                    Rollout.State.COMPLETED,
                    Rollout.State.STOPPED,
                    Rollout.State.ROLLING_BACK);
            return Advance.turned(is, Rollout.State.ROLLING_BACK, "returned by " + asker.who(), clock.instant());
        });
        returning.begin(now, asker.who());
        return now;
    }

    @Override
    public Rollout stop(long id, Asker asker) {
        Rollout now = change(id, asker, "stop", was -> {
            if (was.state() != Rollout.State.STOPPED
                    && !was.state().isOpen()
                    && was.state() != Rollout.State.COMPLETED) {
                throw notNow(was, "stopped");
            }
            return Advance.turned(was, Rollout.State.STOPPED, "stopped by " + asker.who(), clock.instant());
        });
        returning.leave(now, "the rollout was stopped before its turn came");
        return now;
    }

    private Rollout change(long id, Asker asker, String what, Function<Rollout, Optional<Rollout>> decision) {
        AuditEntry audit =
                new AuditEntry(clock.instant(), asker.who(), asker.action(), "rollout/" + id, Notes.of("change", what));
        Optional<Rollout> changed = book.change(id, decision, Optional.of(audit));
        changed.ifPresent(news::changed);
        changed.ifPresent(now -> wake.run());
        return changed.or(() -> book.find(id)).orElseThrow(() -> missing(id));
    }

    private static void allow(Rollout was, String what, Rollout.State... states) {
        for (Rollout.State state : states) {
            if (was.state() == state) {
                return;
            }
        }
        throw notNow(was, what);
    }

    private static RolloutRefused notNow(Rollout was, String what) {
        return new RolloutRefused(
                Why.NOT_NOW,
                "the rollout " + was.name() + " is " + was.state().word().replace('_', ' ') + " and cannot be " + what);
    }

    private static RolloutRefused missing(long id) {
        return new RolloutRefused(Why.NO_ROLLOUT, "there is no rollout " + id + "; caravan rollout status lists them");
    }

    @Override
    public List<DeviceUpdate> updates(long id, Optional<DeviceUpdate.State> state, String after, int limit) {
        return shown.updates(id, state, after, limit);
    }

    @Override
    public Optional<DeviceUpdate> update(long id, String device) {
        return shown.update(id, device);
    }

    @Override
    public List<DeviceUpdate> recent(String device, String version, int limit) {
        return shown.recent(device, version, limit);
    }

    @Override
    public List<Figures> figures(String model) {
        return shown.figures(model);
    }
}

package org.caravanhub.ota;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanhub.audit.AuditEntry;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.RolloutBook.Moved;

/** Gives the devices of a rollout the last good release back. Every step may be done again: after a crash the rounds go on with it. */
final class Returning {
    private final RolloutBook book;
    private final FleetBook fleet;
    private final Releases releases;
    private final RolloutNews news;
    private final Clock clock;

    Returning(RolloutBook book, FleetBook fleet, Releases releases, RolloutNews news, Clock clock) {
        this.book = book;
        this.fleet = fleet;
        this.releases = releases;
        this.news = news;
        this.clock = clock;
    }

    /**
     * What devices of a rollout get back: what most of them ran before, or else the newest older release that went well on others; empty if
     * there is none.
     */
    Optional<Release> good(Rollout rollout) {
        Map<Long, Integer> ran = new HashMap<>();
        List<Release> others = releases.ofModel(rollout.model()).stream()
                .filter(release -> !release.version().equals(rollout.version()))
                .toList();
        for (DeviceUpdate update : book.updates(rollout.id())) {
            others.stream()
                    .filter(release -> Fit.isVersion(release.version(), update.from()))
                    .findFirst()
                    .ifPresent(release -> ran.merge(release.id(), 1, Integer::sum));
        }
        Optional<Release> most = others.stream()
                .filter(release -> ran.containsKey(release.id()))
                .max(Comparator.<Release>comparingInt(release -> Objects.requireNonNull(ran.get(release.id())))
                        .thenComparingLong(Release::id));
        if (most.isPresent()) {
            return most;
        }
        Map<String, FleetBook.Did> did = fleet.did(rollout.model());
        return others.stream()
                .filter(release -> did.containsKey(release.version()))
                .filter(release -> Objects.requireNonNull(did.get(release.version()))
                                .counts()
                                .of(State.DONE)
                        > 0)
                .max(Comparator.comparingLong(Release::id));
    }

    /** Those that have not begun leave; the others get the release back by a rollout of its own, made once. */
    void begin(Rollout rollout, String who) {
        leave(rollout, "the rollout is returned; it had not begun");
        if (book.returning(rollout.id()).isPresent()) {
            return;
        }
        Optional<Release> good = good(rollout);
        if (good.isEmpty()) {
            return;
        }
        Set<String> devices = book.updates(rollout.id()).stream()
                .filter(update -> update.state() != State.WAITING)
                .map(DeviceUpdate::device)
                .collect(Collectors.toSet());
        if (!devices.isEmpty()) {
            make(rollout, good.get(), devices, who);
        }
    }

    private void make(Rollout rollout, Release good, Set<String> devices, String who) {
        Instant now = clock.instant();
        Plan plan = rollout.plan();
        Plan back = new Plan(
                Plan.of(100).rings(),
                plan.atOnce(),
                OptionalDouble.empty(),
                false,
                Optional.empty(),
                plan.healthyFor(),
                plan.patience(),
                new Plan.Stop(0, 0),
                false,
                true);
        String name = rollout.name() + ": back to " + good.version();
        RolloutDraft draft = new RolloutDraft(
                book.find(name).isEmpty() ? name : name + " (" + rollout.id() + ")",
                rollout.model(),
                good.version(),
                new Audience.Specific(devices, Set.of()),
                back,
                false);
        AuditEntry audit = new AuditEntry(
                now,
                who,
                "rollback_initiated",
                "rollout/" + rollout.id(),
                Notes.of("from", rollout.version(), "to", good.version(), "devices", devices.size()));
        List<Member> members = fleet.ofModel(rollout.model());
        List<Release> published = releases.ofModel(rollout.model());
        book.create(
                        Turned.made(draft, OptionalLong.of(rollout.id()), who, now),
                        made -> Enrolment.of(made, good, members, List.of(), published, List.of(), now)
                                .come(),
                        audit)
                .ifPresent(news::changed);
    }

    /** Devices that have not begun never will. */
    void leave(Rollout rollout, String why) {
        Instant now = clock.instant();
        List<Moved> moves = book.openUpdates(rollout.id()).stream()
                .flatMap(was -> UpdateCourse.left(was, why, now).stream().map(next -> new Moved(was, next)))
                .toList();
        book.change(moves).forEach(moved -> news.changed(moved.now()));
    }

    /** Devices that were only offered it wait again. */
    void hold(Rollout rollout) {
        Instant now = clock.instant();
        List<Moved> moves = book.openUpdates(rollout.id()).stream()
                .filter(update -> update.state() == State.OFFERED)
                .flatMap(was -> UpdateCourse.held(was, now).stream().map(next -> new Moved(was, next)))
                .toList();
        book.change(moves).forEach(moved -> news.changed(moved.now()));
    }
}

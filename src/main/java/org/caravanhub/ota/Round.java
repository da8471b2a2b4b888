package org.caravanhub.ota;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import org.caravanhub.ota.DeviceUpdate.State;
import org.caravanhub.ota.RolloutBook.Moved;
import org.caravanhub.ota.UpdateWatch.Watched;

/** One look at every rollout that is open: a few questions for all of its devices, and one transaction for what changed. Used by one thread. */
final class Round {
    private static final int PARTS = 4;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final long CHOOSE_EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final FleetBook.Told NOTHING_TOLD = new FleetBook.Told("", Optional.empty(), Optional.empty(), 0);

    private final RolloutBook book;
    private final FleetBook fleet;
    private final Releases releases;
    private final Advancing advancing;
    private final Pushing pushing;
    private final Contacts contacts;
    private final RolloutNews news;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<Long, Memory> memories = new HashMap<>();
    private final Map<String, List<Member>> members = new HashMap<>();
    private Duration pace = RolloutRounds.EVERY;

    Round(
            RolloutBook book,
            FleetBook fleet,
            Releases releases,
            Advancing advancing,
            Pushing pushing,
            Contacts contacts,
            RolloutNews news,
            Clock clock,
            LongSupplier nanos) {
        this.book = book;
        this.fleet = fleet;
        this.releases = releases;
        this.advancing = advancing;
        this.pushing = pushing;
        this.contacts = contacts;
        this.news = news;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** In how long the next look is worth while: who must be well for a short time only is looked at more often. */
    Duration pace() {
        return pace;
    }

    /** Devices are to be chosen again: somebody changed one. */
    void chooseAgain() {
        memories.values().forEach(Memory::chooseAgain);
    }

    /**
     * Looks.
     *
     * @param elapsed for how long devices could be heard since the last look
     * @return devices that wait to be heard, so that they can be told of their offer; empty if no rollout is open
     */
    Optional<Set<String>> look(Duration elapsed) {
        List<Rollout> open = book.open();
        memories.keySet().retainAll(open.stream().map(Rollout::id).toList());
        members.keySet().retainAll(open.stream().map(Rollout::model).toList());
        if (open.isEmpty()) {
            contacts.forget();
            return Optional.empty();
        }
        Duration shortest = open.stream()
                .map(rollout -> rollout.plan().healthyFor().dividedBy(PARTS))
                .min(Duration::compareTo)
                .orElse(RolloutRounds.EVERY);
        pace = shortest.compareTo(RolloutRounds.EVERY) > 0
                ? RolloutRounds.EVERY
                : shortest.compareTo(SHORTEST) < 0 ? SHORTEST : shortest;
        Set<String> asleep = new HashSet<>();
        Optional<RuntimeException> failed = Optional.empty();
        for (Rollout rollout : open) {
            try {
                asleep.addAll(look(rollout, open, elapsed));
            } catch (RuntimeException e) {
                // One that cannot be looked at keeps no other from it.
                failed = failed.or(() -> Optional.of(e));
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
        return Optional.of(asleep);
    }

    private Set<String> look(Rollout rollout, List<Rollout> open, Duration elapsed) {
        Memory memory = memories.computeIfAbsent(rollout.id(), none -> new Memory());
        choose(rollout, open, memory);
        judge(rollout, memory, elapsed);
        Rollout now = advancing.advance(rollout, memory.isFirstLook(), next -> choose(next, open, memory));
        return now.state() == Rollout.State.RUNNING
                ? pushing.push(now, book.openUpdates(now.id()), fleetOf(now), memory)
                : Set.of();
    }

    // ── Who is in it ─────────────────────────────────────────────────────────────────────

    private void choose(Rollout rollout, List<Rollout> open, Memory memory) {
        boolean isChosen = rollout.state() == Rollout.State.RUNNING || rollout.state() == Rollout.State.PAUSED;
        Optional<Release> release = releases.find(rollout.model(), rollout.version());
        if (!isChosen || release.isEmpty() || !memory.isDue(rollout, nanos.getAsLong(), CHOOSE_EVERY_NANOS)) {
            return;
        }
        members.put(rollout.model(), fleet.ofModel(rollout.model()));
        List<Rollout> newer = open.stream()
                .filter(other -> other.id() > rollout.id() && other.model().equals(rollout.model()))
                .filter(other -> other.state() == Rollout.State.RUNNING || other.state() == Rollout.State.PAUSED)
                .toList();
        Enrolment enrolment = Enrolment.of(
                rollout,
                release.get(),
                fleetOf(rollout),
                book.updates(rollout.id()),
                releases.ofModel(rollout.model()),
                newer,
                clock.instant());
        if (!enrolment.come().isEmpty()) {
            book.enrol(enrolment.come());
        }
        List<String> leave = new ArrayList<>(enrolment.leave());
        enrolment.missing().stream()
                .filter(device -> isOther(fleet.member(device), rollout))
                .forEach(leave::add);
        if (!leave.isEmpty()) {
            book.withdraw(rollout.id(), leave);
        }
        for (DeviceUpdate seen : enrolment.seen()) {
            book.change(
                            rollout.id(),
                            seen.device(),
                            OptionalInt.empty(),
                            was -> UpdateCourse.seenNew(was, seen.changedAt()))
                    .ifPresent(news::changed);
        }
        memory.enrolled(rollout, nanos.getAsLong());
    }

    private static boolean isOther(Member member, Rollout rollout) {
        return !member.model().isEmpty() && !member.model().equals(rollout.model());
    }

    private List<Member> fleetOf(Rollout rollout) {
        return members.computeIfAbsent(rollout.model(), fleet::ofModel);
    }

    // ── What became of them ──────────────────────────────────────────────────────────────

    private void judge(Rollout rollout, Memory memory, Duration elapsed) {
        List<DeviceUpdate> open = book.openUpdates(rollout.id());
        boolean isIdle = open.stream().noneMatch(update -> update.state().isUpdating());
        Map<String, FleetBook.Told> told = isIdle ? Map.of() : fleet.told(rollout.id());
        List<Moved> moves = new ArrayList<>();
        List<Moved> quiet = new ArrayList<>();
        List<DeviceUpdate> left = new ArrayList<>();
        Instant now = clock.instant();
        boolean isOver = rollout.state() != Rollout.State.RUNNING && rollout.state() != Rollout.State.PAUSED;
        for (DeviceUpdate update : open) {
            if (update.state() == State.WAITING) {
                left.add(update);
                continue;
            }
            Evidence evidence = contacts.evidence(update.device(), told.getOrDefault(update.device(), NOTHING_TOLD));
            Watched watched = memory.watch(update, evidence, elapsed);
            Optional<DeviceUpdate> judged = UpdateWatch.judged(update, rollout.plan(), isOver, evidence, watched, now);
            judged.ifPresent(next -> moves.add(new Moved(update, next)));
            if (judged.isEmpty()) {
                left.add(update);
                memory.worthKeeping(update, rollout.plan(), watched)
                        .ifPresent(next -> quiet.add(new Moved(update, next)));
            } else if (judged.get().isOpen()) {
                left.add(judged.get());
            }
        }
        book.change(moves).forEach(moved -> news.changed(moved.now()));
        book.change(quiet);
        memory.keep(left);
    }
}

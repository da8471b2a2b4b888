package org.caravanhub.ota;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravanhub.device.Presence;
import org.caravanhub.ota.DeviceUpdate.State;

/** Rollouts and their devices as people see them: what a device waits for now is told, too. Safe for use by many threads. */
final class RolloutShown {
    /** So many of those for whom a rollout waits are named. */
    private static final int EXAMPLES = 3;

    private final RolloutBook book;
    private final FleetBook fleet;
    private final Releases releases;
    private final Waits waits;
    private final Contacts contacts;

    RolloutShown(RolloutBook book, FleetBook fleet, Releases releases, Waits waits, Contacts contacts) {
        this.book = book;
        this.fleet = fleet;
        this.releases = releases;
        this.waits = waits;
        this.contacts = contacts;
    }

    List<RolloutStatus> list(Rollouts.Filter filter) {
        return book.page(filter).stream().map(this::status).toList();
    }

    Optional<RolloutStatus> find(long id) {
        return book.find(id).map(this::status);
    }

    Optional<RolloutStatus> find(String name) {
        return book.find(name).map(this::status);
    }

    private RolloutStatus status(Rollout rollout) {
        Counts counts = book.counts(rollout.id());
        return new RolloutStatus(
                explained(rollout, counts),
                counts,
                counts.failed() == 0 ? List.of() : book.failed(rollout.id(), RolloutStatus.MOST_FAILED));
    }

    /** A rollout in which nobody is at it says for whom it waits, and why; that changes too often to be written. */
    private Rollout explained(Rollout rollout, Counts counts) {
        boolean isIdle = rollout.state() == Rollout.State.RUNNING
                && counts.of(State.WAITING) > 0
                && counts.updating() == 0
                && rollout.soaksSince().isEmpty();
        if (!isIdle) {
            return rollout;
        }
        String devices = book.page(rollout.id(), Optional.of(State.WAITING), "", EXAMPLES).stream()
                .map(update -> update.device() + " ("
                        + explained(update, rollout, fleet.member(update.device()), 0)
                                .reason() + ")")
                .collect(Collectors.joining(", "));
        int others = counts.of(State.WAITING) - EXAMPLES;
        return Turned.from(rollout)
                .reason((rollout.reason().isEmpty() ? "" : rollout.reason() + "; ")
                        + "waits for " + devices
                        + (others > 0 ? " and " + others + (others == 1 ? " other" : " others") : ""))
                .at(rollout.changedAt());
    }

    List<DeviceUpdate> updates(long id, Optional<State> state, String after, int limit) {
        List<DeviceUpdate> page = book.page(id, state, after, limit);
        boolean isWaiting = page.stream().anyMatch(RolloutShown::isWaiting);
        Optional<Rollout> rollout = isWaiting ? book.find(id) : Optional.empty();
        if (rollout.isEmpty()) {
            return page;
        }
        Map<String, Member> members = fleet.ofModel(rollout.get().model()).stream()
                .collect(Collectors.toMap(Member::device, member -> member));
        int updating = book.counts(id).updating();
        return page.stream()
                .map(update -> {
                    Member member = members.get(update.device());
                    return isWaiting(update) && member != null
                            ? explained(update, rollout.get(), member, updating)
                            : update;
                })
                .toList();
    }

    Optional<DeviceUpdate> update(long id, String device) {
        return book.update(id, device)
                .map(update -> isWaiting(update)
                        ? book.find(id)
                                .map(rollout -> explained(
                                        update,
                                        rollout,
                                        fleet.member(device),
                                        book.counts(id).updating()))
                                .orElse(update)
                        : update);
    }

    private static boolean isWaiting(DeviceUpdate update) {
        return update.isOpen() && update.state() == State.WAITING;
    }

    /** What it waits for now; that changes too often to be written. */
    private DeviceUpdate explained(DeviceUpdate update, Rollout rollout, Member member, int updating) {
        Presence presence = contacts.of(update.device());
        String why = rollout.state() == Rollout.State.PAUSED
                ? "the rollout is paused"
                : waits.of(rollout, member, updating)
                        .orElse(
                                presence == Presence.ONLINE
                                        ? "it is offered " + update.version() + " when it asks"
                                        : "it is " + presence.word() + "; it is offered " + update.version()
                                                + " when it is heard again");
        return Step.from(update).to(State.WAITING, why, update.changedAt()).at(update.changedAt());
    }

    List<DeviceUpdate> recent(String device, String version, int limit) {
        return book.recent(device, version, limit);
    }

    List<Figures> figures(String model) {
        return Comparison.of(
                releases.ofModel(model),
                fleet.did(model),
                fleet.ofModel(model),
                fleet.vitals(model),
                device -> contacts.of(device) == Presence.ONLINE);
    }
}

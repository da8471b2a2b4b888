package org.caravanhub.ota;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.caravanhub.device.Presence;
import org.caravanhub.ota.DeviceUpdate.State;

/** Tells devices that do not ask of what they may have: when they are awake and in their turn, and again until they say something of it. */
final class Pushing {
    private final RolloutBook book;
    private final Releases releases;
    private final Waits waits;
    private final Contacts contacts;
    private final OfferOutlet outlet;
    private final RolloutNews news;
    private final Clock clock;
    private final LongSupplier nanos;

    Pushing(
            RolloutBook book,
            Releases releases,
            Waits waits,
            Contacts contacts,
            OfferOutlet outlet,
            RolloutNews news,
            Clock clock,
            LongSupplier nanos) {
        this.book = book;
        this.releases = releases;
        this.waits = waits;
        this.contacts = contacts;
        this.outlet = outlet;
        this.news = news;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Tells those whose turn it is; which could be told were they awake. */
    Set<String> push(Rollout rollout, List<DeviceUpdate> open, List<Member> fleet, Memory memory) {
        Set<String> asleep = new HashSet<>();
        Optional<Release> release = releases.find(rollout.model(), rollout.version());
        if (release.isEmpty()) {
            return asleep;
        }
        Map<String, Member> members =
                fleet.stream().collect(Collectors.toMap(Member::device, member -> member, (one, same) -> one));
        int updating = (int)
                open.stream().filter(update -> update.state().isUpdating()).count();
        long now = nanos.getAsLong();
        for (DeviceUpdate update : open) {
            Member member = members.get(update.device());
            boolean isUntold = update.state() == State.WAITING || update.state() == State.OFFERED;
            if (member == null || !isUntold || !outlet.reaches(update.device())) {
                continue;
            }
            if (contacts.of(update.device()) != Presence.ONLINE) {
                asleep.add(update.device());
            } else if (memory.mayOffer(update.device(), now) && mayBegin(rollout, update, member, updating)) {
                updating += tell(rollout, update, member, release.get(), memory) ? 1 : 0;
            }
        }
        return asleep;
    }

    private boolean mayBegin(Rollout rollout, DeviceUpdate update, Member member, int updating) {
        return update.state() == State.OFFERED
                || waits.of(rollout, member, updating).isEmpty();
    }

    /** Noted first, so that a crash in between only tells it again. Whether one more is at it. */
    private boolean tell(Rollout rollout, DeviceUpdate update, Member member, Release release, Memory memory) {
        Instant now = clock.instant();
        boolean isNew = update.state() == State.WAITING;
        if (isNew) {
            Optional<DeviceUpdate> offered = book.change(
                    rollout.id(),
                    update.device(),
                    rollout.plan().atOnce(),
                    was -> was.state() == State.WAITING
                            ? UpdateCourse.offered(was, member.version(), now)
                            : Optional.empty());
            if (offered.isEmpty()) {
                return false;
            }
            news.changed(offered.get());
        }
        memory.offered(update.device(), nanos.getAsLong());
        if (outlet.offer(update.device(), release)) {
            return isNew;
        }
        if (isNew) {
            book.change(rollout.id(), update.device(), OptionalInt.empty(), was -> UpdateCourse.held(was, now))
                    .ifPresent(news::changed);
        }
        return false;
    }
}

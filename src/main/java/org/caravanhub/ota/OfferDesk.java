package org.caravanhub.ota;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.caravanhub.ota.Decision.Why;
import org.caravanhub.ota.DeviceUpdate.State;

/** Answers devices that ask, and notes what they say. A question that was asked before writes nothing. Safe for use by many threads. */
final class OfferDesk implements Offers {
    private final RolloutBook book;
    private final FleetBook fleet;
    private final Releases releases;
    private final Waits waits;
    private final Contacts contacts;
    private final RolloutNews news;
    private final Runnable wake;
    private final Clock clock;

    /**
     * At these books.
     *
     * @param wake lets the rounds look soon
     */
    OfferDesk(
            RolloutBook book,
            FleetBook fleet,
            Releases releases,
            Waits waits,
            Contacts contacts,
            RolloutNews news,
            Runnable wake,
            Clock clock) {
        this.book = book;
        this.fleet = fleet;
        this.releases = releases;
        this.waits = waits;
        this.contacts = contacts;
        this.news = news;
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public Decision decide(Inquiry inquiry) {
        Member there = fleet.member(inquiry.device());
        Member member = there.asking(inquiry);
        List<Release> published = releases.ofModel(member.model());
        Optional<Release> newest = published.stream().findFirst();
        String runs = version(inquiry, published);
        Map<Long, DeviceUpdate> updates = seenIn(inquiry.device(), runs, inquiry.at());
        String version = runs.isEmpty() ? member.version() : runs;
        Choice choice = choose(member, version, inquiry.digests(), published, updates);
        if (choice instanceof Choice.None none) {
            hold(none, updates);
            return new Decision.Nothing(none.why(), none.reason(), newest);
        }
        Choice.Of chosen = (Choice.Of) choice;
        if (there.model().isEmpty() && chosen.update().isEmpty()) {
            // Whoever asks may invent devices; how many are taken down is for those who do so, and only those get a row
            // here.
            return new Decision.Nothing(Why.WAITS, "too many devices that nobody knows ask at the moment", newest);
        }
        return offer(chosen, member, version, newest);
    }

    /** The release whose digest it tells, or else the version that it tells. */
    private static String version(Inquiry inquiry, List<Release> published) {
        return published.stream()
                .filter(release -> Fit.isIt(release, "", inquiry.digests()))
                .map(Release::version)
                .findFirst()
                .orElse(inquiry.version());
    }

    private Choice choose(
            Member member,
            String version,
            Set<String> digests,
            List<Release> published,
            Map<Long, DeviceUpdate> updates) {
        List<Choice.Candidate> candidates = book.ofModel(member.model()).stream()
                .map(rollout -> new Choice.Candidate(rollout, Optional.ofNullable(updates.get(rollout.id()))))
                .toList();
        return Choice.of(member, version, digests, published, candidates);
    }

    /** One that is downloading while its rollout is paused begins again when that is over. */
    private void hold(Choice.None none, Map<Long, DeviceUpdate> updates) {
        Optional<DeviceUpdate> update =
                none.rollout().map(Rollout::id).flatMap(id -> Optional.ofNullable(updates.get(id)));
        if (none.why() == Why.PAUSED && update.isPresent()) {
            change(update.get(), was -> UpdateCourse.held(was, clock.instant()));
        }
    }

    private Decision offer(Choice.Of choice, Member member, String version, Optional<Release> newest) {
        Rollout rollout = choice.rollout();
        boolean isUpdating =
                choice.update().map(update -> update.state().isUpdating()).orElse(false);
        Optional<String> waiting = waits.of(rollout, member, isUpdating);
        if (choice.update().isEmpty()) {
            enrol(rollout, member, version);
        }
        if (waiting.isPresent()) {
            return new Decision.Nothing(Why.WAITS, waiting.get(), newest);
        }
        Instant now = clock.instant();
        Function<DeviceUpdate, Optional<DeviceUpdate>> offered = was -> UpdateCourse.offered(was, version, now);
        boolean isNew =
                choice.update().map(update -> offered.apply(update).isPresent()).orElse(true);
        if (isNew) {
            OptionalInt atOnce = rollout.plan().atOnce();
            Optional<DeviceUpdate> made = book.change(rollout.id(), member.device(), atOnce, offered);
            made.ifPresent(this::tell);
            if (made.isEmpty() && !isUpdating && !isUpdatingNow(rollout, member)) {
                return nothingNow(rollout, newest);
            }
            if (made.map(DeviceUpdate::state).filter(State.FAILED::equals).isPresent()) {
                return new Decision.Nothing(Why.FAILED_BEFORE, made.get().reason(), newest);
            }
        }
        contacts.note(member.device(), now);
        return new Decision.Offer(choice.release(), rollout.name(), newest);
    }

    /** Whether somebody else has just noted its offer: the rounds, or the same device that asks twice. */
    private boolean isUpdatingNow(Rollout rollout, Member member) {
        return book.update(rollout.id(), member.device())
                .filter(update -> update.state().isUpdating())
                .isPresent();
    }

    /** Why its offer was not noted: others were quicker, or the rollout was paused meanwhile. */
    private static Decision nothingNow(Rollout rollout, Optional<Release> newest) {
        OptionalInt atOnce = rollout.plan().atOnce();
        return atOnce.isPresent()
                ? new Decision.Nothing(Why.WAITS, Turn.turn(atOnce.getAsInt()), newest)
                : new Decision.Nothing(Why.WAITS, "the rollout " + rollout.name() + " does not go on now", newest);
    }

    /** It is in the rollout from now on; one that was complete goes on with it. */
    private void enrol(Rollout rollout, Member member, String version) {
        Instant now = clock.instant();
        book.enrol(List.of(DeviceUpdate.waiting(rollout.id(), member.device(), rollout.version(), version, now)));
        if (rollout.state() == Rollout.State.COMPLETED) {
            String why = member.device() + " came later";
            book.change(
                            rollout.id(),
                            was -> was.state() == Rollout.State.COMPLETED
                                    ? Advance.turned(was, Rollout.State.RUNNING, why, now)
                                    : Optional.empty(),
                            Optional.empty())
                    .ifPresent(news::changed);
            wake.run();
        }
    }

    @Override
    public Optional<Release> meantFor(String device) {
        Member member = fleet.member(device);
        List<Release> published = releases.ofModel(member.model());
        Choice choice = choose(member, member.version(), Set.of(), published, book.ofDevice(device));
        if (choice instanceof Choice.Of offer) {
            boolean isUpdating =
                    offer.update().map(update -> update.state().isUpdating()).orElse(false);
            if (waits.of(offer.rollout(), member, isUpdating).isEmpty()) {
                return Optional.of(offer.release());
            }
        }
        return published.stream()
                .filter(release -> Fit.isIt(release, member.version(), Set.of()))
                .findFirst();
    }

    @Override
    public void report(UpdateReport report) {
        Optional<DeviceUpdate> meant = book.ofDevice(report.device()).values().stream()
                .filter(DeviceUpdate::isOpen)
                .filter(update -> report.version().isEmpty()
                        ? update.attempts() > 0 || update.state().isUpdating()
                        : Fit.isVersion(update.version(), report.version()))
                .max(Comparator.comparingLong(DeviceUpdate::rollout));
        if (meant.isPresent()) {
            contacts.note(report.device(), report.at());
            change(meant.get(), was -> UpdateCourse.reported(was, report));
        }
    }

    @Override
    public void seen(String device, String version, Instant at) {
        seenIn(device, version, at);
    }

    /** What became of it in every rollout, after it told this version. */
    private Map<Long, DeviceUpdate> seenIn(String device, String version, Instant at) {
        Map<Long, DeviceUpdate> updates = book.ofDevice(device);
        boolean isChanged = false;
        for (DeviceUpdate update : updates.values()) {
            if (update.isOpen()) {
                contacts.note(device, at);
                // It matters only to one that says that it is there.
                Duration healthyFor = update.state() == State.VERIFYING ? waits.healthyFor(update) : Plan.HEALTHY_FOR;
                isChanged |= change(update, was -> UpdateCourse.seen(was, version, healthyFor, at))
                        .isPresent();
            }
        }
        return isChanged ? book.ofDevice(device) : updates;
    }

    /** Asks first and writes then: most of what devices say is known. */
    private Optional<DeviceUpdate> change(
            DeviceUpdate update, Function<DeviceUpdate, Optional<DeviceUpdate>> decision) {
        if (decision.apply(update).isEmpty()) {
            return Optional.empty();
        }
        Optional<DeviceUpdate> made = book.change(update.rollout(), update.device(), OptionalInt.empty(), decision);
        made.ifPresent(this::tell);
        return made;
    }

    private void tell(DeviceUpdate now) {
        news.changed(now);
        if (!now.isOpen()) {
            wake.run();
        }
    }
}

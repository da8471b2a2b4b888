package org.caravanhub.ota;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.caravanhub.alert.Alerts;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.ota.DeviceUpdate.State;

/** Everything that moves rollouts, put together. Safe for use by many threads. */
public final class Engine implements AutoCloseable {
    private final RolloutBook book;
    private final RolloutNews news;
    private final Clock clock;
    private final OfferDesk offers;
    private final RolloutDesk rollouts;
    private final RolloutRounds rounds;

    /**
     * What a hub gives to it.
     *
     * @param outlet by which devices are told that do not ask
     * @param listener is told what changed, for pages
     * @param hears whether what devices say can be heard now
     * @param zone of times of day
     * @param nanos time that nobody can set, {@code System::nanoTime}
     * @param waits why the hub lets no update begin now, a sentence; empty if it does. What has begun goes on
     */
    public record Surroundings(
            Releases releases,
            Whereabouts whereabouts,
            Alerts alerts,
            OfferOutlet outlet,
            RolloutListener listener,
            BooleanSupplier hears,
            ZoneId zone,
            Clock clock,
            LongSupplier nanos,
            Supplier<Optional<String>> waits) {
        /** Of a hub that always lets updates begin. */
        public Surroundings(
                Releases releases,
                Whereabouts whereabouts,
                Alerts alerts,
                OfferOutlet outlet,
                RolloutListener listener,
                BooleanSupplier hears,
                ZoneId zone,
                Clock clock,
                LongSupplier nanos) {
            this(releases, whereabouts, alerts, outlet, listener, hears, zone, clock, nanos, Optional::empty);
        }
    }

    /** One that has not begun to look. */
    public Engine(RolloutBook book, FleetBook fleet, Surroundings hub) {
        this.book = book;
        this.clock = hub.clock();
        this.news = new RolloutNews(hub.listener(), hub.alerts(), clock);
        Releases releases = hub.releases();
        Contacts contacts = new Contacts(hub.whereabouts(), hub.nanos());
        Waits waits = new Waits(book, fleet, hub.zone(), clock, hub.waits());
        Returning returning = new Returning(book, fleet, releases, news, clock);
        Pushing pushing = new Pushing(book, releases, waits, contacts, hub.outlet(), news, clock, hub.nanos());
        Round round = new Round(
                book,
                fleet,
                releases,
                new Advancing(book, returning, news, clock),
                pushing,
                contacts,
                news,
                clock,
                hub.nanos());
        this.rounds = new RolloutRounds(round, this::orphaned, hub.hears(), hub.nanos());
        this.offers = new OfferDesk(book, fleet, releases, waits, contacts, news, rounds::wake, clock);
        this.rollouts = new RolloutDesk(
                book,
                fleet,
                releases,
                returning,
                new RolloutShown(book, fleet, releases, waits, contacts),
                news,
                rounds::wake,
                clock);
        hub.whereabouts().whenHeard(rounds::heard);
    }

    /** What devices are answered. */
    public Offers offers() {
        return offers;
    }

    /** What people steer. */
    public Rollouts rollouts() {
        return rollouts;
    }

    /** Is to be told what becomes of devices in the registry. */
    public RegistryListener registryListener() {
        return rounds;
    }

    /** Goes on with what was open; when the flows run. */
    public void begin() {
        rounds.begin();
    }

    /** Looks at once, on this thread; for tests whose time does not pass. Whether a rollout is open. */
    boolean look() {
        return rounds.look();
    }

    private void orphaned(String device) {
        Instant now = clock.instant();
        for (DeviceUpdate update : book.ofDevice(device).values()) {
            if (update.isOpen() && update.state() == State.WAITING) {
                book.withdraw(update.rollout(), List.of(device));
            } else if (update.isOpen()) {
                book.change(update.rollout(), device, OptionalInt.empty(), was -> UpdateCourse.orphaned(was, now))
                        .ifPresent(news::changed);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        rounds.close();
    }
}

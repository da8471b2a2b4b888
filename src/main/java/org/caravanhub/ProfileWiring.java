package org.caravanhub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.caravanhub.alert.Alerts;
import org.caravanhub.api.ProfileHealth;
import org.caravanhub.broker.EmbeddedBroker;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Trust;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.http.EventStream;
import org.caravanhub.mqtt.ConsumerState;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.power.Charge;
import org.caravanhub.power.ChargeRule;
import org.caravanhub.power.ChargeWatch;
import org.caravanhub.power.FloorAlert;
import org.caravanhub.power.PowerState;
import org.caravanhub.power.PowerWatch;
import org.caravanhub.power.Profile;
import org.caravanhub.power.ProfileMemory;
import org.caravanhub.power.ProfileMessage;
import org.caravanhub.power.ProfileNews;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.schedule.Schedules;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.WrongSettings;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.PlacedReading;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ReadingQueries;
import org.caravanhub.store.Spool;
import org.caravanhub.upkeep.Due;
import org.caravanhub.upkeep.PutOff;
import org.caravanhub.upkeep.Upkeep;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of {@link Wiring} that has the hub do less while a power station is low. Without {@code caravan.power.station} it has no thread, no
 * listener and no flow; if there was one before, what the broker keeps for devices is taken back once.
 */
final class ProfileWiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileWiring.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    /** For who subscribed in the moment in which the broker in the process replaced what it keeps, and got neither. */
    private static final Duration AGAIN = Duration.ofHours(1);

    private static final Duration LONGEST_PACE = Duration.ofMinutes(15);
    private static final int SLOWER = 5;
    /** Readings of a device that are looked through for its charge. */
    private static final int NEWEST = 50;

    private final Settings settings;
    private final Clock clock;
    private final Optional<ChargeWatch> watch;
    private final ProfileMemory memory;
    private final PutOff putOff;
    private Optional<ProfileNews> news = Optional.empty();
    private Optional<Hub> bound = Optional.empty();

    /** What of the hub it needs to know and to bring to safety. */
    record Hub(
            Database database,
            Queries queries,
            GroupCommit writer,
            Optional<Spool> spool,
            Optional<EmbeddedBroker> broker,
            MqttComponent mqtt,
            HubClock clock,
            Schedules schedules) {}

    ProfileWiring(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.watch = settings.optional(Setting.POWER_STATION)
                .map(station -> new ChargeRule(station, (int) settings.number(Setting.POWER_SAVING_BELOW), (int)
                        settings.number(Setting.POWER_FLOOR)))
                .map(rule -> new ChargeWatch(rule, clock, System::nanoTime));
        this.memory = new ProfileMemory(settings.data());
        this.putOff = new PutOff(() -> watch.flatMap(ChargeWatch::savingFor), System::nanoTime);
    }

    /** @throws WrongSettings if the settings contradict each other */
    void check() {
        List<String> wrong = new ArrayList<>();
        settings.optional(Setting.POWER_STATION)
                .filter(station -> !DeviceId.isValid(station))
                .ifPresent(station -> wrong.add(settings.place(Setting.POWER_STATION) + ": "
                        + Setting.POWER_STATION.key() + " is no device; an id is " + DeviceId.RULE));
        if (settings.number(Setting.POWER_FLOOR) >= settings.number(Setting.POWER_SAVING_BELOW)) {
            wrong.add(settings.place(Setting.POWER_FLOOR) + ": " + Setting.POWER_FLOOR.key() + " is "
                    + settings.text(Setting.POWER_FLOOR) + ", and has to be less than "
                    + Setting.POWER_SAVING_BELOW.key() + ", which is " + settings.text(Setting.POWER_SAVING_BELOW));
        }
        long highest = 100 - ChargeRule.RISE;
        if (settings.number(Setting.POWER_SAVING_BELOW) > highest) {
            wrong.add(settings.place(Setting.POWER_SAVING_BELOW) + ": " + Setting.POWER_SAVING_BELOW.key() + " is "
                    + settings.text(Setting.POWER_SAVING_BELOW) + ", and is " + highest + " at most: saving ends "
                    + ChargeRule.RISE + " points above it");
        }
        if (!wrong.isEmpty()) {
            throw new WrongSettings(wrong);
        }
    }

    PowerWatch watch() {
        return watch.<PowerWatch>map(one -> one).orElse(PowerWatch.NONE);
    }

    /**
     * How often somebody is asked: less often while power is short.
     *
     * @param gap readings further apart than that have no energy between them; when it counts most, it is to be known
     */
    static Duration pace(Duration interval, Duration gap, PowerWatch watch) {
        if (!watch.isSaving()) {
            return interval;
        }
        Duration bounded = Collections.min(List.of(interval.multipliedBy(SLOWER), LONGEST_PACE, gap.dividedBy(2)));
        return bounded.compareTo(interval) < 0 ? interval : bounded;
    }

    /** Why no firmware update may begin now; empty if it may. */
    Optional<String> updatesWait() {
        return watch.filter(PowerWatch::isSaving)
                .map(one -> "the hub saves power; updates begin again when "
                        + one.rule().device() + " has "
                        + one.rule().normalFrom() + " %"
                        + (one.now().percent().isPresent()
                                ? ", and it has "
                                        + ChargeWatch.percent(
                                                one.now().percent().getAsDouble())
                                : ""));
    }

    /** So far apart may be what devices say, since they were told to save power; nothing if they were not. */
    Duration advised() {
        return watch.map(ChargeWatch::advised).orElse(Duration.ZERO);
    }

    /** Upkeep of which some waits. */
    Upkeep upkeep(Due due, Schedules schedules) {
        return new Upkeep(due, flow -> {
            boolean waits = putOff.waits(flow);
            if (waits) {
                schedules.putOff(
                        flow,
                        "the hub saves power, for a day at most. "
                                + watch().now().why());
            }
            return waits;
        });
    }

    /** The flows that run if the hub goes by a charge, or did when it ran last. */
    Set<String> flows() {
        return isNeeded() ? Set.of("tell-profile") : Set.of();
    }

    private boolean isNeeded() {
        return watch.isPresent() || memory.isThere();
    }

    /** Says how it is, if the hub goes by a charge. */
    Optional<HealthCheck> health() {
        return watch.map(one -> new ProfileHealth(one, putOff::waiting));
    }

    /** Binds it and begins to listen; before the routes are loaded. */
    void bindTo(CamelContext camel, Hub hub) {
        camel.getRegistry().bind("profileMessage", new ProfileMessage());
        bound = Optional.of(hub);
        watch.ifPresent(one -> {
            memory.load()
                    .filter(was -> was.device().equals(one.rule().device()))
                    .ifPresent(was -> one.remember(was.profile(), was.since()));
            hub.spool().ifPresentOrElse(waits -> waits.addListener(one), () -> hub.writer()
                    .addListener(one));
            hub.database().whenThere(() -> recall(one, hub));
        });
    }

    private void recall(ChargeWatch one, Hub hub) {
        Instant now = clock.instant();
        ReadingQueries.Selection newest = new ReadingQueries.Selection(
                Optional.of(one.rule().device()),
                now.minus(ChargeWatch.SILENCE),
                now.plus(ChargeWatch.SILENCE),
                ReadingQueries.Order.NEWEST_FIRST);
        one.recall(
                Charge.newest(new ReadingQueries(hub.queries())
                        .page(newest, Optional.empty(), NEWEST).stream()
                                .map(PlacedReading::reading)
                                .toList()),
                hub.clock().trust() != Trust.UNSURE);
    }

    /** Tells how it is, and from now on what changes; when the flows run. */
    void begin(CamelContext camel, EventStream events, Alerts alerts) {
        if (!isNeeded()) {
            return;
        }
        ProducerTemplate flows = camel.createProducerTemplate();
        FloorAlert alert = new FloorAlert(alerts, clock);
        memory.load()
                .map(ProfileMemory.Remembered::device)
                .filter(before ->
                        watch.filter(one -> one.rule().device().equals(before)).isEmpty())
                .ifPresent(alert::off);
        ProfileNews made = watch.map(one -> new ProfileNews(
                        one,
                        List.of(
                                (before, now) -> memory.save(now),
                                this::bringToSafety,
                                ProfileWiring::log,
                                (before, now) -> alert.changed(one.rule(), now),
                                (before, now) -> events.tell("power", now.device(), ProfileMessage.event(now)),
                                this::catchUp),
                        now -> publish(flows, now)))
                .orElseGet(() -> new ProfileNews(PowerWatch.NONE, List.of(), now -> {
                    publish(flows, now);
                    memory.clear();
                }));
        news = Optional.of(made);
        watch.ifPresent(one -> {
            one.whenChanged(made::changed);
            made.each(LOOK, one::look);
            made.each(AGAIN, made::reached);
            bound.orElseThrow().mqtt().whenPublishing(made::reached);
        });
        made.begin();
    }

    private static void publish(ProducerTemplate flows, PowerState now) {
        Exchange done = flows.send("direct:tell-profile?block=false", exchange -> exchange.getMessage()
                .setBody(now));
        if (done.getException() != null) {
            throw new IllegalStateException(
                    "the flow tell-profile failed: " + done.getException().getMessage(), done.getException());
        }
    }

    private static void log(Optional<Profile> before, PowerState now) {
        if (before.isPresent() || now.profile() != Profile.NORMAL) {
            LOG.info("power={} reason=\"{}\"", now.profile().word(), now.why());
        }
    }

    private void catchUp(Optional<Profile> before, PowerState now) {
        if (now.profile() != Profile.NORMAL) {
            return;
        }
        for (String flow : putOff.over()) {
            try {
                bound.orElseThrow().schedules().runNow("upkeep/" + flow);
            } catch (SchedulerException e) {
                LOG.warn(
                        "flow={} schedule=not-caught-up reason=\"{}\" \"it runs at its next time\"",
                        flow,
                        e.getMessage());
            }
        }
    }

    /** Once when the floor is reached: what is acknowledged is on the disk anyway; this is what is still under way. */
    private void bringToSafety(Optional<Profile> before, PowerState now) {
        if (now.profile() == Profile.FLOOR && before.isPresent()) {
            bound.ifPresent(hub -> LastThings.bringToSafety(
                    hub.database(),
                    hub.writer(),
                    hub.spool(),
                    // Before the hub has subscribed again, the broker is not to take up its accounts.
                    hub.broker().filter(any -> hub.mqtt().states().stream().allMatch(ConsumerState::subscribed))));
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (news.isPresent()) {
            news.get().close();
        }
    }
}

package org.caravanhub;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.caravanhub.alert.Alerts;
import org.caravanhub.api.PowerApi;
import org.caravanhub.api.PowerHealth;
import org.caravanhub.api.PowerOperations;
import org.caravanhub.api.PowerSetup;
import org.caravanhub.audit.Trail;
import org.caravanhub.clock.HubClock;
import org.caravanhub.ecoflow.Bridges;
import org.caravanhub.ecoflow.EcoFlow;
import org.caravanhub.ecoflow.FencedClient;
import org.caravanhub.ecoflow.Keys;
import org.caravanhub.ecoflow.PowerMessages;
import org.caravanhub.power.EnergyBook;
import org.caravanhub.power.PowerWatch;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.schedule.Schedules;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.WrongSettings;
import org.caravanhub.store.CommitListener;
import org.caravanhub.store.EnergyTables;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Queries;
import org.caravanhub.store.Receipt;
import org.caravanhub.store.Spool;

/** The part of {@link Wiring} that asks for power stations; nothing of it is there without keys. */
final class PowerWiring {
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(30);
    private static final String TELL = "tell-power";

    private final Settings settings;
    private final Clock clock;
    private final PowerWatch watch;
    private volatile Optional<EcoFlow> asked = Optional.empty();

    PowerWiring(Settings settings, Clock clock, PowerWatch watch) {
        this.settings = settings;
        this.clock = clock;
        this.watch = watch;
    }

    /** The flows that run, by name: those that ask the cloud if there are keys, and what a bridge may need without any. */
    Set<String> flows() {
        return keys().isPresent() ? Set.of("poll-ecoflow", "ask-ecoflow", "keep-ecoflow", TELL) : Set.of(TELL);
    }

    /** Binds it; before the routes are loaded. */
    void bindTo(CamelContext camel, HubClock hubClock, Optional<Spool> spool, GroupCommit writer, Alerts alerts) {
        bindNear(camel, settings.duration(Setting.ECOFLOW_INTERVAL));
        keys().ifPresent(keys -> {
            Duration interval = interval();
            EcoFlow ecoflow = new EcoFlow(
                    new EcoFlow.Settings(keys, interval, serials(), isShort()),
                    () -> pace(interval),
                    hubClock,
                    clock,
                    System::nanoTime,
                    new SecureRandom(),
                    alerts);
            ecoflow.beside(bridges(interval, spool, writer));
            asked = Optional.of(ecoflow);
            camel.getRegistry().bind("ecoflow", ecoflow);
            camel.getRegistry().bind("ecoflowClient", new FencedClient(LONGEST_QUESTION));
        });
    }

    private Duration pace(Duration interval) {
        return ProfileWiring.pace(interval, settings.duration(Setting.ENERGY_GAP), watch);
    }

    /** What is told of stations here, whether the cloud told it or a bridge. */
    private void bindNear(CamelContext camel, Duration interval) {
        camel.getRegistry().bind("powerMessages", new PowerMessages(() -> pace(interval), clock));
    }

    /** Who tells is heard also while a database elsewhere is away. */
    private Bridges bridges(Duration interval, Optional<Spool> spool, GroupCommit writer) {
        Bridges bridges = new Bridges(() -> pace(interval).multipliedBy(2), clock, System::nanoTime);
        CommitListener told = new CommitListener() {
            @Override
            public void heard(List<? extends Outcome> said) {
                for (Outcome outcome : said) {
                    if (outcome instanceof Reading reading) {
                        bridges.heard(reading);
                    }
                }
            }

            @Override
            public void committed(List<Reading> stored, Receipt receipt) {
                // What was said is enough.
            }
        };
        spool.ifPresentOrElse(waits -> waits.addListener(told), () -> writer.addListener(told));
        return bridges;
    }

    /** Binds what the API asks, with keys and without; after {@link #bindTo}. */
    void bindApi(
            CamelContext camel,
            HubClock hubClock,
            Queries queries,
            PresenceWatch presence,
            Schedules schedules,
            Trail audit) {
        PowerOperations.bindTo(
                camel.getRegistry(),
                new PowerSetup(settings),
                asked,
                queries,
                presence,
                hubClock,
                new PowerApi.Surroundings(
                        watch, energy(queries), in -> schedules.hurry("poll-ecoflow", in), audit, clock));
    }

    private Optional<EnergyBook> energy(Queries queries) {
        return Optional.of(new EnergyTables(queries, settings.duration(Setting.ENERGY_GAP)));
    }

    /** Whether the cloud is of use; none without keys. */
    Optional<PowerHealth> health() {
        return keys().map(keys -> new PowerHealth(() -> asked.map(EcoFlow::state), clock));
    }

    private Optional<Keys> keys() {
        return settings.optional(Setting.ECOFLOW_ACCESS_KEY)
                .flatMap(access ->
                        settings.optional(Setting.ECOFLOW_SECRET_KEY).map(secret -> new Keys(access, secret)));
    }

    /** Against EcoFlow's own hosts not too often; a test may. */
    private Duration interval() {
        Duration interval = settings.duration(Setting.ECOFLOW_INTERVAL);
        boolean isEcoFlow = settings.text(Setting.ECOFLOW_HOST).endsWith(".ecoflow.com");
        if (isEcoFlow && interval.compareTo(LEAST_INTERVAL) < 0) {
            throw new WrongSettings(List.of(settings.place(Setting.ECOFLOW_INTERVAL) + ": "
                    + Setting.ECOFLOW_INTERVAL.key() + " is less than 30s; EcoFlow shuts out who asks more often"));
        }
        return interval;
    }

    private boolean isShort() {
        return settings.text(Setting.ECOFLOW_SIGNATURE).equals("short");
    }

    private Set<String> serials() {
        return Arrays.stream(settings.text(Setting.ECOFLOW_SERIALS).split("[,\\s]+"))
                .filter(serial -> !serial.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}

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
import org.caravanhub.clock.HubClock;
import org.caravanhub.ecoflow.EcoFlow;
import org.caravanhub.ecoflow.FencedClient;
import org.caravanhub.ecoflow.Keys;
import org.caravanhub.http.EventStream;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.WrongSettings;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Queries;

/** The part of {@link Wiring} that asks for power stations; nothing of it is there without keys. */
final class PowerWiring {
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(10);
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(30);

    private final Settings settings;
    private final Clock clock;

    PowerWiring(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The flows that run if there are keys, by name. */
    Set<String> flows() {
        return keys().isPresent() ? Set.of("poll-ecoflow", "ask-ecoflow") : Set.of();
    }

    /** Binds it; before the routes are loaded. */
    void bindTo(
            CamelContext camel,
            HubClock hubClock,
            Queries queries,
            GroupCommit writer,
            MqttComponent mqtt,
            EventStream events,
            Alerts alerts) {
        keys().ifPresent(keys -> {
            Duration interval = interval();
            EcoFlow ecoflow = new EcoFlow(
                    new EcoFlow.Settings(keys, interval, serials(), isShort()),
                    () -> interval,
                    hubClock,
                    clock,
                    System::nanoTime,
                    new SecureRandom(),
                    alerts);
            camel.getRegistry().bind("ecoflow", ecoflow);
            camel.getRegistry().bind("ecoflowClient", new FencedClient(LONGEST_QUESTION));
        });
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

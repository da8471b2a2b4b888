package org.caravanhub.api;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.spi.Registry;
import org.caravanhub.clock.HubClock;
import org.caravanhub.ecoflow.EcoFlow;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.store.Queries;
import org.caravanhub.store.StationQueries;

/** The name by which the routes in {@code routes/api} call what knows of power. */
public final class PowerOperations {
    private static final Duration RESOLVING = Duration.ofSeconds(3);
    private static final Duration CONNECTING = Duration.ofSeconds(2);

    private PowerOperations() {}

    /**
     * Binds it; before the routes are loaded.
     *
     * @param ecoflow none if there are no keys
     * @param hub what else it needs
     */
    public static void bindTo(
            Registry registry,
            PowerSetup setup,
            Optional<EcoFlow> ecoflow,
            Queries queries,
            PresenceWatch presence,
            HubClock hubClock,
            PowerApi.Surroundings hub) {
        PowerStations stations = new PowerStations(new StationQueries(queries), ecoflow, presence, hub.clock());
        PowerDoctor doctor =
                new PowerDoctor(setup, new PowerReach(RESOLVING, CONNECTING), stations, hubClock, hub.clock());
        registry.bind("powerApi", new PowerApi(setup, stations, doctor, ecoflow, hub));
    }
}

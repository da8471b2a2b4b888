package org.caravanhub;

import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.caravanhub.api.FirmwareTrustOperations;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Queries;
import org.caravanhub.store.TrustTables;

/** The part of {@link Wiring} that hands out firmware: library, doors, rollouts. */
final class OtaWiring implements AutoCloseable {
    private final Settings settings;
    private final Clock clock;

    OtaWiring(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Binds it; before the routes are loaded and before the edge listens. */
    void bindTo(
            CamelContext camel,
            HttpEdge http,
            Queries queries,
            Changes changes,
            Whereabouts whereabouts,
            RegistryListeners news,
            EventStream events) {
        FirmwareTrustOperations.bindTo(camel.getRegistry(), new TrustTables(queries, changes), clock);
    }

    /** Where the images are. */
    private Path folder() {
        return settings.data().resolve("firmware");
    }

    @Override
    public void close() {}
}

package org.caravanhub;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.caravanhub.api.FirmwareHealth;
import org.caravanhub.api.FirmwareOperations;
import org.caravanhub.api.FirmwareTrustOperations;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ReleaseTables;
import org.caravanhub.store.TrustTables;

/** The part of {@link Wiring} that hands out firmware: library, doors, rollouts. */
final class OtaWiring implements AutoCloseable {
    /** How long an upload may stand still. */
    private static final Duration UPLOAD_PATIENCE = Duration.ofSeconds(30);

    private final Settings settings;
    private final Clock clock;
    private volatile Optional<FirmwareOperations> firmware = Optional.empty();

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
        TrustTables trust = new TrustTables(queries, changes);
        FirmwareTrustOperations.bindTo(camel.getRegistry(), trust, clock);
        FirmwareOperations library = new FirmwareOperations(
                new ReleaseTables(queries, changes, folder(), clock),
                new FirmwareOperations.Limits(
                        folder(),
                        settings.number(Setting.FIRMWARE_MAX_BYTES),
                        settings.number(Setting.FIRMWARE_BUDGET),
                        settings.text(Setting.FIRMWARE_URL),
                        UPLOAD_PATIENCE),
                trust);
        library.bindTo(camel, http);
        firmware = Optional.of(library);
        changes.whenThere(library.library()::begin);
    }

    /** Whether every release has its file; answers nothing before it is bound. */
    FirmwareHealth health() {
        return new FirmwareHealth(() -> firmware.map(FirmwareOperations::library));
    }

    /** Where the images are. */
    private Path folder() {
        return settings.data().resolve("firmware");
    }

    @Override
    public void close() {
        firmware.ifPresent(FirmwareOperations::close);
    }
}

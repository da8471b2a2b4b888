package org.caravanhub;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.caravanhub.alert.Alerts;
import org.caravanhub.api.FirmwareServing;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.ota.Decision;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.UpdateReport;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.Changes;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.Inquiries;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ReleaseTables;

/** The part of {@link Wiring} that hands out firmware: library, doors, rollouts. */
final class OtaWiring implements AutoCloseable {
    /** As long as there are no rollouts. */
    private static final Offers NO_OFFERS = new Offers() {
        @Override
        public Decision decide(Inquiry inquiry) {
            return new Decision.Nothing(Decision.Why.NO_ROLLOUT, "Nothing is being rolled out.", Optional.empty());
        }

        @Override
        public Optional<Release> meantFor(String device) {
            return Optional.empty();
        }

        @Override
        public void report(UpdateReport report) {}

        @Override
        public void seen(String device, String version, Instant at) {}
    };

    private final Settings settings;
    private final Clock clock;
    private Optional<FirmwareServing> serving = Optional.empty();

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
            EventStream events,
            Alerts alerts) {
        ReleaseTables releases = new ReleaseTables(queries, changes, folder(), clock);
        DeviceBook devices = new DeviceBook(queries);
        serving = Optional.of(FirmwareServing.bindTo(
                http,
                releases,
                release -> {},
                NO_OFFERS,
                new FirmwareServing.Devices(
                        devices::registered,
                        device -> devices.registration(device).map(Registration::model),
                        new Inquiries(changes, queries)::note),
                alerts,
                clock));
    }

    /** Where the images are. */
    private Path folder() {
        return settings.data().resolve("firmware");
    }

    @Override
    public void close() {
        serving.ifPresent(FirmwareServing::close);
    }
}

package org.caravanhub;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.caravanhub.access.Places;
import org.caravanhub.alert.Alerts;
import org.caravanhub.api.FirmwareServing;
import org.caravanhub.api.OfferOperations;
import org.caravanhub.api.RolloutOperations;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.health.MetricSource;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Engine;
import org.caravanhub.ota.OfferOutlet;
import org.caravanhub.ota.RolloutListener;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Commands;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.Inquiries;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ReleaseTables;

/** The part of {@link Wiring} that hands out firmware: library, doors, rollouts. */
final class OtaWiring implements AutoCloseable {
    private final Settings settings;
    private final Clock clock;
    private Optional<FirmwareServing> serving = Optional.empty();
    private volatile Optional<RolloutOperations> rollouts = Optional.empty();

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
            Alerts alerts,
            BooleanSupplier hears,
            BooleanSupplier isPublishing) {
        Addresses addresses = new Addresses(settings.text(Setting.FIRMWARE_URL));
        Places places = new Places(() -> "", "", settings.text(Setting.HTTP_HOST));
        OfferOutlet outlet = OfferOperations.outlet(
                camel,
                new Commands(changes, queries),
                whereabouts,
                isPublishing,
                addresses,
                () -> places.http("localhost:" + http.port()));
        ReleaseTables releases = new ReleaseTables(queries, changes, folder(), clock);
        RolloutOperations moving = new RolloutOperations(
                changes,
                queries,
                news,
                new Engine.Surroundings(
                        releases,
                        whereabouts,
                        alerts,
                        outlet,
                        RolloutListener.NONE,
                        hears,
                        ZoneId.systemDefault(),
                        clock,
                        System::nanoTime));
        rollouts = Optional.of(moving);
        moving.begin();
        Inquiries inquiries = new Inquiries(changes, queries);
        OfferOperations.bindTo(
                camel.getRegistry(),
                new OfferOperations.Deciding(releases, moving.offers(), moving.rollouts(), addresses),
                inquiries,
                queries,
                clock);
        DeviceBook devices = new DeviceBook(queries);
        serving = Optional.of(FirmwareServing.bindTo(
                http,
                releases,
                release -> {},
                moving.offers(),
                new FirmwareServing.Devices(
                        devices::registered,
                        device -> devices.registration(device).map(Registration::model),
                        inquiries::note),
                alerts,
                clock));
    }

    /** How rollouts go; nothing before it is bound. */
    MetricSource metrics() {
        return exposition -> rollouts.ifPresent(bound -> bound.metrics().expose(exposition));
    }

    /** Where the images are. */
    private Path folder() {
        return settings.data().resolve("firmware");
    }

    @Override
    public void close() throws InterruptedException {
        if (rollouts.isPresent()) {
            rollouts.get().close();
        }
        serving.ifPresent(FirmwareServing::close);
    }
}

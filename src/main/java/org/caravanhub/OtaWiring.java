package org.caravanhub;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.caravanhub.access.Places;
import org.caravanhub.alert.Alerts;
import org.caravanhub.api.FirmwareHealth;
import org.caravanhub.api.FirmwareOperations;
import org.caravanhub.api.FirmwareServing;
import org.caravanhub.api.FirmwareTrustOperations;
import org.caravanhub.api.OfferOperations;
import org.caravanhub.api.RolloutControls;
import org.caravanhub.api.RolloutOperations;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.health.MetricSource;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Engine;
import org.caravanhub.ota.OfferOutlet;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Commands;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.Inquiries;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ReleaseTables;
import org.caravanhub.store.TrustTables;

/** The part of {@link Wiring} that hands out firmware: library, doors, rollouts. */
final class OtaWiring implements AutoCloseable {
    /** How long an upload may stand still. */
    private static final Duration UPLOAD_PATIENCE = Duration.ofSeconds(30);

    private final Settings settings;
    private final Clock clock;
    private final Supplier<Optional<String>> waits;
    private volatile Optional<FirmwareOperations> firmware = Optional.empty();
    private volatile Optional<RolloutOperations> rollouts = Optional.empty();
    private Optional<FirmwareServing> serving = Optional.empty();

    /** @param waits why no update may begin now; empty if it may */
    OtaWiring(Settings settings, Clock clock, Supplier<Optional<String>> waits) {
        this.settings = settings;
        this.clock = clock;
        this.waits = waits;
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
            MqttComponent mqtt) {
        Addresses addresses = new Addresses(settings.text(Setting.FIRMWARE_URL));
        ReleaseTables releases = new ReleaseTables(queries, changes, folder(), clock);
        bindLibrary(camel, http, queries, changes, releases);
        OfferOutlet outlet = OfferOperations.outlet(
                camel, new Commands(changes, queries), whereabouts, mqtt::isPublishing, addresses, () -> new Places(
                                () -> "", "", settings.text(Setting.HTTP_HOST))
                        .http("127.0.0.1:" + http.port()));
        RolloutOperations moving = new RolloutOperations(
                changes,
                queries,
                news,
                new Engine.Surroundings(
                        releases,
                        whereabouts,
                        alerts,
                        outlet,
                        RolloutControls.news(events),
                        mqtt::hears,
                        ZoneId.systemDefault(),
                        clock,
                        System::nanoTime,
                        waits));
        rollouts = Optional.of(moving);
        RolloutControls.bindTo(camel.getRegistry(), moving.rollouts());
        Inquiries inquiries = new Inquiries(changes, queries);
        OfferOperations.bindTo(
                camel.getRegistry(),
                new OfferOperations.Deciding(releases, moving.offers(), moving.rollouts(), addresses),
                inquiries,
                queries,
                clock);
        bindServing(http, queries, inquiries, releases, moving, alerts);
        moving.begin();
    }

    private void bindLibrary(
            CamelContext camel, HttpEdge http, Queries queries, Changes changes, ReleaseTables releases) {
        TrustTables trust = new TrustTables(queries, changes);
        FirmwareTrustOperations.bindTo(camel.getRegistry(), trust, clock);
        FirmwareOperations library = new FirmwareOperations(
                releases,
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

    private void bindServing(
            HttpEdge http,
            Queries queries,
            Inquiries inquiries,
            ReleaseTables releases,
            RolloutOperations moving,
            Alerts alerts) {
        DeviceBook devices = new DeviceBook(queries);
        serving = Optional.of(FirmwareServing.bindTo(
                http,
                releases,
                release -> firmware.ifPresent(bound -> bound.library().isChanged(release)),
                moving.offers(),
                new FirmwareServing.Devices(
                        devices::registered,
                        device -> devices.registration(device).map(Registration::model),
                        inquiries::note),
                alerts,
                clock));
    }

    /** What the owner knows came back out of a damaged file: the library looks again what it has. */
    void cameBack() {
        firmware.ifPresent(bound -> bound.library().begin());
    }

    /** Whether every release has its file; answers nothing before it is bound. */
    FirmwareHealth health() {
        return new FirmwareHealth(() -> firmware.map(FirmwareOperations::library));
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
        firmware.ifPresent(FirmwareOperations::close);
        if (rollouts.isPresent()) {
            rollouts.get().close();
        }
        serving.ifPresent(FirmwareServing::close);
    }
}

package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.caravanhub.device.Admitted;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.message.Message;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.quarantine.LettingIn;
import org.caravanhub.quarantine.Replay;
import org.caravanhub.reading.Decoder;
import org.caravanhub.reading.EcoFlowBridgeDecoder;
import org.caravanhub.reading.Families;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Source;
import org.caravanhub.reading.Understood;
import org.caravanhub.store.AuditLog;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Database;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.Forgetting;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Intake;
import org.caravanhub.store.QuarantineQueries;
import org.caravanhub.store.Queries;
import org.caravanhub.store.Registry;
import org.caravanhub.store.Replacements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry as a whole: the names by which the routes in {@code routes/api} call it, and what it does by itself. */
public final class RegistryOperations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryOperations.class);
    private static final int LOOKED_AT = 10;

    /** Those that measure something, and those that say how they are. */
    private static final List<Decoder> FAMILIES = List.of(
            Families.every(),
            Families.caravanDevice(),
            Families.pakuEdge(),
            Families.alonaNode(),
            Families.esphomeStatus());

    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final Duration ONE_MESSAGE = Duration.ofSeconds(5);

    private final Admitted admitted;
    private final DeviceBook devices;
    private final Forgetting forgetting;
    private final LettingIn lettingIn;
    private final RegistryListeners listeners;

    /**
     * Binds it; before the routes are loaded.
     *
     * @param admitted is told who is registered, first of all
     * @param listeners are told of every change after it
     * @param intake where flows give what is to be kept
     * @param writer of the tables
     * @param presence whether devices are there
     * @param late how much later than it was taken something may be committed
     * @param audit what is asked who changed what
     */
    public RegistryOperations(
            CamelContext camel,
            Admitted admitted,
            RegistryListeners listeners,
            Queries queries,
            Intake intake,
            GroupCommit writer,
            Database database,
            AuditLog audit,
            PresenceWatch presence,
            Duration late,
            Clock clock) {
        this.admitted = admitted;
        this.listeners = listeners;
        this.devices = new DeviceBook(queries);
        this.forgetting = new Forgetting(writer, database, listeners);
        QuarantineQueries quarantine = new QuarantineQueries(queries);
        this.lettingIn = new LettingIn(
                quarantine, new Replay(camel, new Replacements(intake, COMMIT), ONE_MESSAGE), admitted, late);
        listeners.add(new RegistryListener() {
            @Override
            public void changed(String device) {
                learn(device);
            }

            @Override
            public void changed(Collection<String> many) {
                read();
            }

            @Override
            public void removed(String device) {
                admitted.learn(device, false, false);
            }
        });
        listeners.add(lettingIn);
        Changes changes = new Changes(writer, database);
        Registry registry = new Registry(changes, listeners, clock);
        camel.getRegistry()
                .bind(
                        "registryApi",
                        new RegistryApi(devices, registry, forgetting, lettingIn, held(quarantine), presence, clock));
        camel.getRegistry().bind("deviceImportApi", new DeviceImportApi(devices, registry, clock));
        camel.getRegistry().bind("auditApi", new AuditApi(audit));
    }

    /** Learns who is registered, and goes on with what was not done when the hub was stopped; once the database can be asked. */
    public void start() {
        try {
            read();
            forgetting.goOn();
            lettingIn.goOn();
        } catch (DatabaseAway | IllegalStateException e) {
            LOG.warn("registry=unread reason=\"{}\" \"devices are judged by what is known of them\"", e.toString());
        }
    }

    /** What the owner knows came back out of a damaged file: everybody who keeps something of a device looks again. */
    public void cameBack() {
        start();
        listeners.changed(devices.registered());
    }

    @Override
    public void close() {
        lettingIn.close();
        forgetting.close();
    }

    private void read() {
        boolean isAsked = admitted.unknown() != Admitted.Unknown.ACCEPT;
        admitted.learn(isAsked ? devices.registered() : Set.of(), devices.disabled());
    }

    private void learn(String device) {
        Optional<Registration> now = devices.registration(device);
        admitted.learn(
                device, now.isPresent(), now.map(Registration::isDisabled).orElse(false));
    }

    /** Which topics a device speaks on of which nothing was kept: the newest of the messages that are held tells that can. */
    private static Function<String, Optional<Registration.Topics>> held(QuarantineQueries quarantine) {
        return device -> quarantine
                .page(
                        Optional.of(device),
                        Optional.of(Malformed.Cause.UNKNOWN_DEVICE.word()),
                        Long.MAX_VALUE,
                        LOOKED_AT)
                .stream()
                .map(about -> quarantine.find(about.id()))
                .flatMap(Optional::stream)
                .map(found -> topics(
                        device,
                        Message.of(
                                found.about().topic(),
                                found.payload(),
                                found.about().receivedAt())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Registration.Topics> topics(String device, Message message) {
        if (message.topic().startsWith("http/")) {
            return Optional.of(new Registration.Topics("http", "", ""));
        }
        if (EcoFlowBridgeDecoder.bridge(message.topic()).filter(device::equals).isPresent()) {
            return Optional.of(new Registration.Topics("ecoflow", "", ""));
        }
        return FAMILIES.stream()
                .flatMap(family -> family.decodeOne(message).stream())
                .filter(Understood.class::isInstance)
                .map(outcome -> ((Understood) outcome).source())
                .filter(source -> source.device().equals(device))
                .findFirst()
                .map(RegistryOperations::topics);
    }

    private static Registration.Topics topics(Source source) {
        return new Registration.Topics(source.family(), source.site(), source.system());
    }
}

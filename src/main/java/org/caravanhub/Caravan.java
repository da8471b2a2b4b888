package org.caravanhub;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.caravanhub.access.Accounts;
import org.caravanhub.alert.AlertCentre;
import org.caravanhub.api.CommandOperations;
import org.caravanhub.api.FailingFlows;
import org.caravanhub.api.FlowFileApi;
import org.caravanhub.api.FlowFileJson;
import org.caravanhub.api.RegistryOperations;
import org.caravanhub.api.Storage;
import org.caravanhub.broker.EmbeddedBroker;
import org.caravanhub.broker.dynsec.DynamicSecurity;
import org.caravanhub.clock.HubClock;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.device.Admitted;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.disk.DiskHealth;
import org.caravanhub.disk.DiskWatch;
import org.caravanhub.flow.Flows;
import org.caravanhub.flow.watch.FlowBoard;
import org.caravanhub.flow.watch.FlowWatch;
import org.caravanhub.health.HealthReport;
import org.caravanhub.http.AdminToken;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.mqtt.ConsumerState;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.reading.Decoder;
import org.caravanhub.rehearsal.FlowRehearsal;
import org.caravanhub.schedule.Schedules;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.Settings;
import org.caravanhub.store.AccessBook;
import org.caravanhub.store.AuditLog;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Intake;
import org.caravanhub.store.Integrity;
import org.caravanhub.store.LiveReadings;
import org.caravanhub.store.PresenceBook;
import org.caravanhub.store.Queries;
import org.caravanhub.store.Spool;
import org.caravanhub.systemd.LongStart;
import org.caravanhub.systemd.Systemd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub: starts its parts in the order in which they need each other, and stops them the other way round. */
public final class Caravan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caravan.class);

    private static final Duration DISK_LOOK = Duration.ofSeconds(5);

    private final Settings settings;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private Optional<Facts> facts = Optional.empty();

    /**
     * What a hub that runs can say of itself.
     *
     * @param httpPort the port that API and pages are on
     * @param broker what devices connect to, for a person
     * @param flows how many flows run
     * @param token the admin token
     */
    public record Facts(int httpPort, String broker, int flows, AdminToken token) {}

    private Caravan(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts the hub and returns when it takes messages and answers.
     *
     * @param settings what was configured
     * @param devices emulated ones, if any
     * @throws RuntimeException naming what is wrong and what to do; whatever had been started is stopped then
     */
    public static Caravan start(Settings settings, EmulatedDevices devices) {
        Caravan hub = new Caravan(settings);
        try {
            hub.startParts(new Wiring(settings, Clock.systemUTC()), devices);
            return hub;
        } catch (RuntimeException | Error e) {
            hub.close();
            throw e;
        }
    }

    private void startParts(Wiring wiring, EmulatedDevices devices) {
        wiring.hideSecrets();
        DataFolder folder = keep(wiring.dataFolder());
        wiring.checkBefore();
        wiring.backup().finishRestore();
        Flows flows = wiring.flows();
        flows.readAhead();
        Database database = keep(opened(wiring));
        AdminToken token = wiring.adminToken();
        Optional<Spool> spool = wiring.spool(database).map(this::keep);
        GroupCommit writer = spool.map(Spool::tables).orElseGet(() -> keep(wiring.writer(database)));
        Intake intake = spool.<Intake>map(waits -> waits).orElse(writer);
        Optional<Integrity> integrity = wiring.integrity(database, writer).map(this::keep);
        DiskWatch room = keep(wiring.disk(database, writer));
        room.start(DISK_LOOK);
        DiskHealth disk = new DiskHealth(room::state);

        Queries queries = keep(wiring.queries(database));
        Optional<EmbeddedBroker> broker = wiring.broker();
        AccessBook accessBook = wiring.accessBook(queries, writer, database);
        Optional<DynamicSecurity> elsewhere =
                wiring.brokerElsewhere(devices.credentials()).map(this::keep);
        elsewhere.ifPresent(DynamicSecurity::start);
        Accounts accounts = wiring.accounts(accessBook, database, integrity, broker, elsewhere, devices.credentials());
        broker.ifPresent(embedded -> keep(embedded).start(wiring.withHub(accounts.atStart())));
        keep(accounts);

        MqttComponent mqtt = wiring.mqtt(broker);
        Decoder httpIngest = wiring.httpIngest();
        FlowWatch watch = keep(new FlowWatch());
        FlowBoard board = wiring.flowBoard(watch, flows);
        HubClock clock = wiring.hubClock(database, queries);
        Storage storage = wiring.storage(database, queries);
        HealthReport health = wiring.health(
                database, writer, spool, integrity, storage, clock, broker, accounts, mqtt, flows, board, disk);
        EventStream events = wiring.events(health);
        writer.addListener(events);
        LiveReadings live = wiring.live(writer);
        PresenceBook book = wiring.presenceBook(queries, writer, database);
        Presences presences = wiring.presences(mqtt, writer, spool, clock, book);
        HttpEdge http = keep(wiring.http(token, accounts, events));

        keep(wiring.alerts());
        Main main = wiring.camel();
        keep(main::stop);
        keep(intake::hurry);
        main.start();
        CamelContext camel = main.getCamelContext();
        camel.addComponent("mqtt", mqtt);
        Admitted admitted = wiring.admitted();
        camel.addComponent("store", wiring.store(intake, httpIngest, clock, live, queries, writer, database, admitted));
        AuditLog audit = wiring.audit(queries, writer, database);
        RegistryListeners news = new RegistryListeners();
        RegistryOperations registry = keep(
                wiring.registry(camel, admitted, news, queries, intake, writer, database, audit, presences.watch()));
        news.add(accounts);
        integrity.ifPresent(check -> check.whenBack(() -> {
            registry.cameBack();
            wiring.ota().cameBack();
        }));
        wiring.bindDecoders(camel, httpIngest);
        wiring.operations(
                        queries,
                        health,
                        database,
                        writer,
                        spool,
                        integrity,
                        storage,
                        mqtt,
                        board,
                        disk,
                        live,
                        admitted,
                        audit,
                        presences.watch())
                .bindTo(camel.getRegistry());
        presences.bindTo(camel.getRegistry());
        news.add(presences.watch());
        camel.getRegistry().bind("flowFileApi", new FlowFileApi(flows, audit));
        wiring.bindAccess(camel, accessBook, accounts, mqtt, news);
        wiring.bindForwarding(camel, queries);
        Schedules schedules = wiring.schedules(queries, writer, database);
        camel.addComponent("quartz", schedules.component());
        camel.addComponent("every", schedules.every());
        AlertCentre alerts = wiring.alerts().start(camel, events, queries, writer, database);
        wiring.alerts().bindRules(camel, health, queries, writer);
        news.add(alerts);
        keep(presences).begin(database, events, alerts);
        wiring.secrets(camel);
        wiring.bindUpkeep(camel, writer, database, clock, schedules);
        wiring.bindIntegrity(camel, integrity);
        keep(wiring.backup()).bindTo(camel, http, events, audit, this::stop);
        wiring.bundle().bindTo(camel, queries);
        watch.listen((flow, trouble) -> events.tell("flow", "", FailingFlows.event(flow, trouble)));
        watch.attachTo(camel);
        FlowRehearsal rehearsal = keep(wiring.rehearsal(camel, flows, httpIngest));
        wiring.bindFlows(camel, board, watch, rehearsal);
        wiring.bindQuarantine(camel, queries, intake, writer, database, rehearsal, audit);
        CommandOperations commands =
                keep(wiring.commands(camel, queries, writer, database, mqtt, events, clock, presences.watch()));
        news.add(commands);
        keep(wiring.ota())
                .bindTo(
                        camel,
                        http,
                        queries,
                        new Changes(writer, database),
                        presences.watch(),
                        news,
                        events,
                        alerts,
                        mqtt);
        wiring.power().bindTo(camel, clock, spool, writer, alerts);
        wiring.profile()
                .bindTo(camel, new ProfileWiring.Hub(database, queries, writer, spool, broker, mqtt, clock, schedules));
        wiring.power().bindApi(camel, clock, queries, presences.watch(), schedules, audit);
        http.attachTo(camel);
        flows.start(
                camel,
                wiring.surroundings(intake, mqtt, watch),
                change -> events.tell("flow", "", FlowFileJson.event(change)));
        http.listen();
        schedules.begin();
        database.whenThere(schedules::catchUp);
        commands.start();
        keep(wiring.profile()).begin(camel, events, alerts);
        keep(wiring.clockWatch(clock, schedules, spool, camel));
        integrity.ifPresent(Integrity::start);
        folder.announce(http.port());
        keep(flows).watch();

        accounts.begin();
        broker.ifPresent(embedded -> saveWhenSubscribed(embedded, mqtt));
        keep(devices).start(mqtt.getBrokerUrl(), http.port(), this::stop);
        wiring.backup().started(audit);
        keep(wiring.itself()).begin(camel, intake::sound, wiring.backup()::isRestoreOrdered);
        facts = Optional.of(new Facts(http.port(), wiring.describeBroker(broker, mqtt), camel.getRoutesSize(), token));
    }

    /** Tables of an older release are moved to their new form, which may take its time. */
    private static Database opened(Wiring wiring) {
        LongStart start =
                LongStart.begin(Systemd.of(System.getenv()), wiring.postgres().isPresent());
        try {
            return wiring.database();
        } finally {
            start.close();
        }
    }

    /** What can be said of it since it started. */
    public Facts facts() {
        return facts.orElseThrow();
    }

    /** What it was started with. */
    public Settings settings() {
        return settings;
    }

    /** Asks it to stop, as SIGTERM does; returns at once. */
    public void stop() {
        asked.countDown();
    }

    /** Waits until somebody asks it to stop. */
    public void awaitStop() throws InterruptedException {
        asked.await();
    }

    /** A broker that is killed forgets a session that it has not saved; subscribing goes on after the start. */
    private void saveWhenSubscribed(EmbeddedBroker broker, MqttComponent mqtt) {
        Thread thread = new Thread(() -> awaitSubscriptions(mqtt, broker::saveState), "save-sessions");
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitSubscriptions(MqttComponent mqtt, Runnable then) {
        try {
            boolean stopping = false;
            while (!stopping && !mqtt.states().stream().allMatch(ConsumerState::subscribed)) {
                stopping = asked.await(100, TimeUnit.MILLISECONDS);
            }
            then.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    /** Takes nothing more, finishes and commits what is at hand, and stops, within eight seconds. Closing twice is safe. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("stop=failed part={} reason=\"{}\"", part.getClass().getSimpleName(), e.getMessage());
            }
        }
        stop();
    }
}

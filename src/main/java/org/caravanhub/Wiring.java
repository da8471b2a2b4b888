package org.caravanhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.caravanhub.access.Accounts;
import org.caravanhub.access.BrokerAccess;
import org.caravanhub.access.ElsewhereAccess;
import org.caravanhub.access.EmbeddedAccess;
import org.caravanhub.access.LoginProof;
import org.caravanhub.access.Places;
import org.caravanhub.api.AccessHealth;
import org.caravanhub.api.AccessOperations;
import org.caravanhub.api.BrokerHealth;
import org.caravanhub.api.ClockHealth;
import org.caravanhub.api.CommandOperations;
import org.caravanhub.api.FailingFlows;
import org.caravanhub.api.FlowApi;
import org.caravanhub.api.FlowHealth;
import org.caravanhub.api.FlowTestApi;
import org.caravanhub.api.IntegrityHealth;
import org.caravanhub.api.LiveMetrics;
import org.caravanhub.api.MqttHealth;
import org.caravanhub.api.Operations;
import org.caravanhub.api.QuarantineOperations;
import org.caravanhub.api.RegistryOperations;
import org.caravanhub.api.SpoolHealth;
import org.caravanhub.api.SpoolMetrics;
import org.caravanhub.api.Storage;
import org.caravanhub.api.StoreHealth;
import org.caravanhub.api.StoreMetrics;
import org.caravanhub.audit.Trail;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.BrokerSettings;
import org.caravanhub.broker.EmbeddedBroker;
import org.caravanhub.broker.HubLogin;
import org.caravanhub.broker.PasswordHash;
import org.caravanhub.broker.dynsec.DynamicSecurity;
import org.caravanhub.clock.ClockSource;
import org.caravanhub.clock.ClockWatch;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.MachineSynchronisation;
import org.caravanhub.clock.Trust;
import org.caravanhub.demo.Credential;
import org.caravanhub.device.Admission;
import org.caravanhub.device.Admitted;
import org.caravanhub.device.RegistryListener;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.disk.DiskHealth;
import org.caravanhub.disk.DiskWatch;
import org.caravanhub.disk.Leftovers;
import org.caravanhub.disk.Shedding;
import org.caravanhub.exchange.Shown;
import org.caravanhub.flow.FlowCheck;
import org.caravanhub.flow.FlowFolder;
import org.caravanhub.flow.Flows;
import org.caravanhub.flow.Hub;
import org.caravanhub.flow.check.Checker;
import org.caravanhub.flow.check.Fence;
import org.caravanhub.flow.check.FileRule;
import org.caravanhub.flow.check.Known;
import org.caravanhub.flow.watch.FlowBoard;
import org.caravanhub.flow.watch.FlowWatch;
import org.caravanhub.flow.watch.Traces;
import org.caravanhub.forward.DailyReport;
import org.caravanhub.forward.HomeAssistant;
import org.caravanhub.forward.InfluxLines;
import org.caravanhub.forward.OwnDatabase;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.HealthReport;
import org.caravanhub.health.MetricSource;
import org.caravanhub.health.ProcessMetrics;
import org.caravanhub.http.AdminToken;
import org.caravanhub.http.Contract;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.http.SignIn;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.presence.PresenceMetrics;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.reading.AlonaTelemetryDecoder;
import org.caravanhub.reading.CaravanTelemetryDecoder;
import org.caravanhub.reading.Decoder;
import org.caravanhub.reading.Families;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.PakuDataDecoder;
import org.caravanhub.reading.PakuRuuviDecoder;
import org.caravanhub.reading.UnknownTopicDecoder;
import org.caravanhub.rehearsal.FlowRehearsal;
import org.caravanhub.schedule.Schedules;
import org.caravanhub.secret.KnownSecrets;
import org.caravanhub.secret.SecretFunction;
import org.caravanhub.secret.Secrets;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.PortTaken;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.WrongSettings;
import org.caravanhub.store.AccessBook;
import org.caravanhub.store.AuditLog;
import org.caravanhub.store.Changes;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Crossings;
import org.caravanhub.store.DamageReport;
import org.caravanhub.store.Database;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.ElsewhereIntegrity;
import org.caravanhub.store.ExtremesQuery;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Intake;
import org.caravanhub.store.Integrity;
import org.caravanhub.store.KnownTime;
import org.caravanhub.store.LedgerQuery;
import org.caravanhub.store.LentConnections;
import org.caravanhub.store.LiveReadings;
import org.caravanhub.store.LogBound;
import org.caravanhub.store.Oldest;
import org.caravanhub.store.OneCommit;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.caravanhub.store.PresenceBook;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ScheduleBook;
import org.caravanhub.store.Spool;
import org.caravanhub.store.SqlFiles;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StorageQuery;
import org.caravanhub.store.StoreComponent;
import org.caravanhub.text.Hidden;
import org.caravanhub.upkeep.Due;
import org.caravanhub.weather.Air;

/**
 * Every part of the hub, top to bottom in the order in which a message meets them. The only class that knows all others; what a
 * part needs, it is given here.
 */
final class Wiring {
    private static final int SHUTDOWN_SECONDS = 5;
    private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);
    /** After a power cut the hub first takes in what waited in the brokers. */
    private static final Duration SOON = Duration.ofSeconds(20);
    /** For ten gigabytes on a slow card. */
    private static final Duration CHECK_LIMIT = Duration.ofMinutes(20);

    private static final Duration WATCH_FILE = Duration.ofSeconds(10);

    /** How what passes a flow is shown to a person. */
    private static final Shown SHOWN = new Shown(Hidden::in);

    private static final Contract CONTRACT = Contract.load();
    private static final String VERSION = Optional.ofNullable(
                    Wiring.class.getPackage().getImplementationVersion())
            .orElse("dev");

    /** By the build, the same as the time stamps in the jar; a clock that shows less is wrong. */
    static final Instant BUILT = Instant.parse("2026-11-21T00:00:00Z");

    private final Settings settings;
    private final Clock clock;
    private final AlertWiring alerts;
    private final OtaWiring ota;
    private final PowerWiring power;
    private final ProfileWiring profile;
    private final BackupWiring backup;
    private final HealthWiring itself;

    Wiring(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.alerts = new AlertWiring(settings, clock);
        this.profile = new ProfileWiring(settings, clock);
        this.ota = new OtaWiring(settings, clock, profile::updatesWait);
        this.power = new PowerWiring(settings, clock, profile.watch());
        this.backup = new BackupWiring(settings, VERSION, clock);
        this.itself = new HealthWiring(settings, clock);
    }

    // ── A place of its own ───────────────────────────────────────────────────────────────

    DataFolder dataFolder() {
        return DataFolder.take(settings.data());
    }

    /**
     * What would end the start later is told now: a hub that connects to a broker and then finds its port taken has taken the
     * sessions of the hub that runs.
     */
    void checkBefore() {
        if (settings.port(Setting.HTTP_PORT) != 0) {
            PortTaken.check(settings.text(Setting.HTTP_HOST), settings.port(Setting.HTTP_PORT), "--http-port");
        }
        postgres();
        profile.check();
        if (settings.duration(Setting.ENERGY_GAP).compareTo(Due.LONGEST_ENERGY_GAP) > 0) {
            throw new WrongSettings(List.of(settings.place(Setting.ENERGY_GAP) + ": " + Setting.ENERGY_GAP.key()
                    + " is more than 1h; readings that far apart say nothing of what was between them"));
        }
        if (!Files.isDirectory(settings.routes())) {
            throw new WrongSettings(List.of(settings.place(Setting.ROUTES) + ": " + Setting.ROUTES.key() + " names "
                    + settings.routes() + ", which is no folder"));
        }
    }

    AdminToken adminToken() {
        return AdminToken.in(settings.data());
    }

    // ── A device connects ────────────────────────────────────────────────────────────────

    /** The broker that the hub brings along; none if there is one elsewhere. */
    Optional<EmbeddedBroker> broker() {
        if (settings.optional(Setting.MQTT_URL).isPresent()) {
            return Optional.empty();
        }
        return EmbeddedBroker.choose(
                new BrokerSettings(
                        BrokerSettings.Kind.of(settings.text(Setting.BROKER)),
                        settings.text(Setting.MQTT_HOST),
                        settings.port(Setting.MQTT_PORT),
                        settings.data().resolve("broker"),
                        BrokerSettings.Encrypted.in(
                                settings.data().resolve("tls"), settings.port(Setting.MQTT_TLS_PORT))),
                clock);
    }

    /** The hub's own way into the embedded broker, the same at each start. */
    HubLogin hubLogin() {
        return HubLogin.load(settings.data().resolve("broker"));
    }

    /** Everybody that the embedded broker lets in. */
    List<Account> withHub(List<Account> devices) {
        List<Account> accounts = new ArrayList<>(devices);
        accounts.add(hubLogin().account());
        return accounts;
    }

    AccessBook accessBook(Queries queries, GroupCommit writer, Database database) {
        return new AccessBook(queries, new Changes(writer, database));
    }

    /** Who may come in at a Mosquitto elsewhere, if the hub may say so. */
    Optional<DynamicSecurity> brokerElsewhere(List<Credential> insideTheProcess) {
        return settings.optional(Setting.MQTT_URL)
                .flatMap(url -> settings.optional(Setting.MQTT_CONTROL_USER))
                .map(user -> new DynamicSecurity(
                        new DynamicSecurity.Settings(
                                mqtt(Optional.empty()).door().as(user, settings.text(Setting.MQTT_CONTROL_PASSWORD)),
                                settings.text(Setting.MQTT_USER),
                                settings.text(Setting.MQTT_PASSWORD),
                                settings.data().resolve("broker"),
                                insideTheProcess.stream()
                                        .collect(Collectors.toMap(Credential::device, Credential::password))),
                        clock));
    }

    /** The devices that have a credential of their own, at the broker and over HTTP. */
    Accounts accounts(
            AccessBook book,
            Database database,
            Optional<Integrity> integrity,
            Optional<EmbeddedBroker> broker,
            Optional<DynamicSecurity> elsewhere,
            List<Credential> insideTheProcess) {
        BrokerAccess access = broker.<BrokerAccess>map(
                        embedded -> new EmbeddedAccess(embedded, hubLogin().account()))
                .or(() -> elsewhere)
                .orElseGet(ElsewhereAccess::new);
        BooleanSupplier isWhole = () -> integrity.stream()
                .allMatch(check -> check.state().reports().stream().allMatch(DamageReport::isFinished));
        List<Account> inside = insideTheProcess.stream()
                .map(device -> Account.device(device.device(), PasswordHash.of(device.password())))
                .toList();
        return new Accounts(book, database, access, inside, settings.data().resolve("broker"), isWhole, clock);
    }

    void bindAccess(CamelContext camel, AccessBook book, Accounts accounts, MqttComponent mqtt, RegistryListener news) {
        boolean isElsewhere = settings.optional(Setting.MQTT_URL).isPresent();
        Places places = new Places(
                mqtt::getBrokerUrl,
                isElsewhere ? "" : settings.text(Setting.MQTT_HOST),
                settings.text(Setting.HTTP_HOST));
        boolean isManaged =
                !isElsewhere || settings.optional(Setting.MQTT_CONTROL_USER).isPresent();
        AccessOperations.bindTo(
                camel.getRegistry(),
                book,
                accounts,
                places,
                isManaged ? new LoginProof(mqtt.door()) : LoginProof.NONE,
                news,
                clock);
    }

    MqttComponent mqtt(Optional<EmbeddedBroker> broker) {
        MqttComponent mqtt = new MqttComponent(clock);
        if (broker.isPresent()) {
            mqtt.setBrokerUrl(broker.get().url());
            HubLogin hub = hubLogin();
            mqtt.setUserName(HubLogin.USER);
            mqtt.setPassword(hub.secret());
            mqtt.setClientIdPrefix(hub.clientIdPrefix());
        } else {
            settings.optional(Setting.MQTT_URL).ifPresent(mqtt::setBrokerUrl);
            settings.optional(Setting.MQTT_USER).ifPresent(mqtt::setUserName);
            settings.optional(Setting.MQTT_PASSWORD).ifPresent(mqtt::setPassword);
            settings.optional(Setting.MQTT_CA).ifPresent(mqtt::setTrustCertificates);
            mqtt.setClientIdPrefix(settings.text(Setting.MQTT_CLIENT_PREFIX));
        }
        return mqtt;
    }

    String describeBroker(Optional<EmbeddedBroker> broker, MqttComponent mqtt) {
        return broker.map(EmbeddedBroker::describe)
                .map(what -> what.kind() + " " + what.version() + " on " + settings.text(Setting.MQTT_HOST) + ":"
                        + URI.create(mqtt.getBrokerUrl()).getPort())
                .orElse(mqtt.getBrokerUrl());
    }

    // ── A flow understands what it says ──────────────────────────────────────────────────

    /** Where the flows are, and which of the optional ones are wanted. */
    FlowFolder flowFolder() {
        return new FlowFolder(settings.routes(), optionalFlows());
    }

    private Set<String> optionalFlows() {
        Set<String> wanted =
                new HashSet<>(List.of(settings.text(Setting.FLOWS_OPTIONAL).split("[,\\s]+")));
        wanted.addAll(power.flows());
        wanted.addAll(profile.flows());
        return Set.copyOf(wanted);
    }

    Flows flows() {
        return new Flows(new Flows.Settings(
                settings.routes(), optionalFlows(), settings.data().resolve("flows"), VERSION, flowCheck(), clock));
    }

    /** What a change of the flows needs of the rest. */
    Hub surroundings(Intake intake, MqttComponent mqtt, FlowWatch watch) {
        return new Hub() {
            @Override
            public AutoCloseable hurry() {
                return intake.hurryForNow();
            }

            @Override
            public void endSessions(Predicate<String> stays) {
                mqtt.endSessions(stays);
            }

            @Override
            public void letGo(String flow) {
                watch.giveUp(flow);
            }
        };
    }

    /** What looks at flow files before they run; it needs no hub. */
    FlowCheck flowCheck() {
        return new Checker(new Known(
                FlowBeans.ALL,
                settings.placeholders(),
                new Secrets(settings.data(), System.getenv())::names,
                reachable().folder()));
    }

    /** Where {@code file:} reaches. */
    private FileRule reachable() {
        return new FileRule(settings.data().resolve("files"));
    }

    /** What flows may not use, they cannot use either by what a message says. */
    private void confine(CamelContext camel) {
        Fence.around(camel, reachable(), Map.of());
    }

    /** The names by which flows call decisions. */
    void bindDecoders(CamelContext camel, Decoder httpIngest) {
        camel.getRegistry().bind("pakuData", new PakuDataDecoder());
        camel.getRegistry().bind("pakuRuuvi", new PakuRuuviDecoder());
        camel.getRegistry().bind("alonaTelemetry", new AlonaTelemetryDecoder());
        camel.getRegistry().bind("caravanTelemetry", new CaravanTelemetryDecoder());
        camel.getRegistry().bind("pakuEdge", Families.pakuEdge());
        camel.getRegistry().bind("pakuDevice", Families.pakuDevice());
        camel.getRegistry().bind("alonaNode", Families.alonaNode());
        camel.getRegistry().bind("caravanDevice", Families.caravanDevice());
        camel.getRegistry().bind("iot", Families.iot());
        camel.getRegistry().bind("esphomeState", Families.esphomeState());
        camel.getRegistry().bind("esphomeStatus", Families.esphomeStatus());
        camel.getRegistry().bind("ruuviGateway", Families.ruuviGateway());
        camel.getRegistry().bind("ecoflowBridge", Families.ecoflowBridge());
        camel.getRegistry().bind("unknownTopic", new UnknownTopicDecoder());
        camel.getRegistry().bind("httpIngest", httpIngest);
        camel.getRegistry().bind("air", new Air());
    }

    Decoder httpIngest() {
        return new HttpIngestDecoder();
    }

    // ── It is seen at work ───────────────────────────────────────────────────────────────

    FlowBoard flowBoard(FlowWatch watch, Flows flows) {
        return new FlowBoard(watch, flows::files, flows::isPaused);
    }

    /** Tries messages; only decisions run in it. */
    FlowRehearsal rehearsal(CamelContext camel, Flows flows, Decoder httpIngest) {
        return new FlowRehearsal(camel, flows::running, flows::check, FlowBeans::decides, httpIngest::decodeOne, SHOWN);
    }

    void bindFlows(CamelContext camel, FlowBoard board, FlowWatch watch, FlowRehearsal rehearsal) {
        camel.getRegistry().bind("flowApi", new FlowApi(board, new Traces(watch, SHOWN)));
        camel.getRegistry().bind("flowTestApi", new FlowTestApi(board, rehearsal, clock));
    }

    // ── It is kept ───────────────────────────────────────────────────────────────────────

    /** The PostgreSQL that is configured, if one is. */
    Optional<PostgresAddress> postgres() {
        try {
            return settings.optional(Setting.DB_URL)
                    .map(url -> PostgresAddress.of(
                            url, settings.optional(Setting.DB_USER), settings.optional(Setting.DB_PASSWORD)));
        } catch (IllegalArgumentException e) {
            throw new WrongSettings(
                    List.of(settings.place(Setting.DB_URL) + ": " + Setting.DB_URL.key() + " " + e.getMessage()));
        }
    }

    Database database() {
        try {
            new Leftovers(settings.data()).clearUnpacked();
        } catch (IOException e) {
            throw new UncheckedIOException(settings.data() + " cannot be read", e);
        }
        // Not in /tmp, which may forbid running what lies in it.
        System.setProperty("org.sqlite.tmpdir", settings.data().toAbsolutePath().toString());
        Optional<PostgresAddress> elsewhere = postgres();
        return elsewhere.isPresent()
                ? PostgresDatabase.open(elsewhere.get())
                : SqliteDatabase.open(settings.data().resolve("caravan.db"));
    }

    /** What waits for a database elsewhere; none if it is a file of this machine. */
    Optional<Spool> spool(Database database) {
        return database instanceof PostgresDatabase postgres
                ? Optional.of(Spool.open(settings.data().resolve("spool.db"), postgres, commitPolicy(), clock))
                : Optional.empty();
    }

    GroupCommit writer(Database database) {
        return new GroupCommit(database, commitPolicy(), clock);
    }

    private CommitPolicy commitPolicy() {
        return new CommitPolicy(
                CommitPolicy.DEFAULT.maxOutcomes(),
                Math.toIntExact(settings.number(Setting.COMMIT_BURST)),
                settings.duration(Setting.COMMIT_PACE),
                Math.toIntExact(settings.number(Setting.COMMIT_ENOUGH)),
                settings.number(Setting.QUARANTINE_MAX_ROWS),
                settings.number(Setting.QUARANTINE_MAX_BYTES));
    }

    /** Reads the file through, and does what is to be done when it is damaged. PostgreSQL looks after its own. */
    Optional<Integrity> integrity(Database database, GroupCommit writer) {
        return database instanceof SqliteDatabase sqlite
                ? Optional.of(new Integrity(sqlite, writer, CHECK_LIMIT, WATCH_FILE, clock))
                : Optional.empty();
    }

    /** What is given up for room on the disk, in this order. With PostgreSQL the readings are on another one. */
    DiskWatch disk(Database database, GroupCommit writer) {
        List<Shedding> shedding = new ArrayList<>();
        shedding.add(new Shedding(85, "files that can be made again", new Leftovers(settings.data())::clear));
        if (database instanceof SqliteDatabase sqlite) {
            Oldest oldest = new Oldest(writer);
            LogBound log = new LogBound(sqlite);
            writer.addListener(log);
            shedding.add(0, new Shedding(0, "log", () -> {
                log.keep();
                return 0;
            }));
            shedding.add(new Shedding(92, "messages of unknown topics", oldest::clearUnknownTopics));
            shedding.add(new Shedding(97, "of the oldest readings", oldest::clearReadings));
        }
        return new DiskWatch(settings.data(), shedding);
    }

    StoreComponent store(
            Intake intake,
            Decoder httpIngest,
            HubClock hubClock,
            LiveReadings live,
            Queries queries,
            GroupCommit writer,
            Database database,
            Admitted admitted) {
        return new StoreComponent(intake, httpIngest::decodeOne)
                .flagging(() -> hubClock.flagsNow() ? Flag.HUB_CLOCK_UNSURE.bit() : 0)
                .telling(live, new Crossings(queries, writer, database), clock)
                .admitting(admitted);
    }

    // ── Devices are registered ───────────────────────────────────────────────────────────

    AuditLog audit(Queries queries, GroupCommit writer, Database database) {
        return new AuditLog(queries, new Changes(writer, database), clock);
    }

    /** Whose words are kept; knows nobody before the registry was read. */
    Admitted admitted() {
        return new Admitted(Admitted.Unknown.of(settings.text(Setting.DEVICES_UNKNOWN)));
    }

    RegistryOperations registry(
            CamelContext camel,
            Admitted admitted,
            RegistryListeners listeners,
            Queries queries,
            Intake intake,
            GroupCommit writer,
            Database database,
            AuditLog audit,
            PresenceWatch presence) {
        RegistryOperations registry = new RegistryOperations(
                camel,
                admitted,
                listeners,
                queries,
                intake,
                writer,
                database,
                audit,
                presence,
                settings.duration(Setting.COMMIT_PACE).plusSeconds(10),
                clock);
        database.whenThere(registry::start);
        return registry;
    }

    // ── Flows are told of it, and tell the owner ─────────────────────────────────────────

    LiveReadings live(GroupCommit writer) {
        LiveReadings live = new LiveReadings();
        writer.addListener(live);
        return live;
    }

    /** <code>{{secret:name}}</code> in flows; what the hub itself keeps secret is hidden too. */
    Secrets secrets(CamelContext camel) {
        Secrets secrets = new Secrets(settings.data(), System.getenv());
        camel.getPropertiesComponent().addPropertiesFunction(new SecretFunction(secrets));
        hideSecrets();
        return secrets;
    }

    /** What this installation keeps secret; what is made at the first start counts when it is there. */
    void hideSecrets() {
        KnownSecrets.hide(settings, System.getenv());
    }

    // ── Somebody is asked for help ───────────────────────────────────────────────────────

    BundleWiring bundle() {
        return new BundleWiring(settings, VERSION, clock);
    }

    /** What is said becomes alerts; {@code notify:} says it. */
    AlertWiring alerts() {
        return alerts;
    }

    // ── It is kept small and in order ────────────────────────────────────────────────────

    /** It learns what the database knows as soon as that can be asked. */
    HubClock hubClock(Database database, Queries queries) {
        boolean isBelieved = settings.text(Setting.CLOCK).equals("trusted");
        HubClock hubClock = new HubClock(
                clock,
                System::nanoTime,
                new MachineSynchronisation(),
                new HubClock.Limits(isBelieved, BUILT, Optional.empty()));
        database.whenThere(() -> new KnownTime(queries).newest().ifPresent(hubClock::learn));
        return hubClock;
    }

    Storage storage(Database database, Queries queries) {
        boolean isHere = database instanceof SqliteDatabase;
        return new Storage(
                new StorageQuery(queries),
                settings.number(Setting.BUDGET_BYTES),
                () -> isHere ? OptionalLong.of(settings.data().toFile().getUsableSpace()) : OptionalLong.empty(),
                clock);
    }

    /** When the clock is set, schedules are reckoned anew; when it is right again, so is what was received meanwhile. */
    ClockWatch clockWatch(HubClock hubClock, Schedules schedules, Optional<Spool> spool, CamelContext camel) {
        ProducerTemplate flows = camel.createProducerTemplate();
        return new ClockWatch(hubClock, jump -> {
            schedules.clockWasSet(jump.isCorrection());
            Runnable putRight = () -> jump.wrong().forEach(wrong -> flows.sendBody("direct:put-clock-right", wrong));
            spool.ifPresentOrElse(waits -> waits.whenDrained(putRight), putRight);
        });
    }

    Schedules schedules(Queries queries, GroupCommit writer, Database database) {
        return new Schedules(new ScheduleBook(queries, writer, database), SOON.toMillis());
    }

    /** The names by which the flows in {@code routes/upkeep} call what they need. */
    void bindUpkeep(CamelContext camel, GroupCommit writer, Database database, HubClock hubClock, Schedules schedules) {
        OneCommit oneCommit = new OneCommit(writer);
        camel.getRegistry().bind("oneCommit", oneCommit);
        camel.getRegistry().bind("writer", new LentConnections(oneCommit));
        camel.getRegistry().bind("sqlFiles", new SqlFiles(database));
        camel.getRegistry().bind("schedules", schedules);
        camel.getRegistry().bind("upkeep", profile.upkeep(new Due(limits(), hubClock), schedules));
    }

    void bindIntegrity(CamelContext camel, Optional<Integrity> integrity) {
        camel.getRegistry()
                .bind("integrity", integrity.<Object>map(check -> check).orElseGet(ElsewhereIntegrity::new));
    }

    private Due.Limits limits() {
        return new Due.Limits(
                settings.number(Setting.RAW_DAYS),
                settings.number(Setting.FIVE_MINUTE_DAYS),
                settings.number(Setting.BUDGET_BYTES),
                settings.duration(Setting.ENERGY_GAP));
    }

    // ── Somebody asks ────────────────────────────────────────────────────────────────────

    Queries queries(Database database) {
        return new Queries(database, QUERY_LIMIT);
    }

    HealthReport health(
            Database database,
            GroupCommit writer,
            Optional<Spool> spool,
            Optional<Integrity> integrity,
            Storage storage,
            HubClock hubClock,
            Optional<EmbeddedBroker> broker,
            Accounts accounts,
            MqttComponent mqtt,
            Flows flows,
            FlowBoard board,
            DiskHealth disk) {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(disk);
        if (database instanceof SqliteDatabase sqlite) {
            checks.add(new StoreHealth(sqlite, writer::state, storage, clock));
        } else if (database instanceof PostgresDatabase postgres) {
            spool.ifPresent(waits -> checks.add(new SpoolHealth(waits::state, postgres.describe(), storage, clock)));
        }
        integrity.ifPresent(check -> checks.add(new IntegrityHealth(check::state)));
        checks.add(new ClockHealth(hubClock, new ClockSource(Path.of("/"), clock)));
        checks.add(new MqttHealth(mqtt::states, flows::isShipped));
        checks.add(new FlowHealth(flows::files));
        checks.add(new FailingFlows(board));
        checks.add(alerts.health());
        checks.add(ota.health());
        checks.add(backup.health());
        backup.copyHealth().ifPresent(checks::add);
        power.health().ifPresent(checks::add);
        broker.map(BrokerHealth::new).ifPresent(checks::add);
        checks.add(new AccessHealth(accounts::state));
        profile.health().ifPresent(checks::add);
        checks.addAll(itself.checks());
        return new HealthReport(checks);
    }

    /** What the hub knows of itself, and of the machine under it. */
    HealthWiring itself() {
        return itself;
    }

    // ── Whether devices are there ────────────────────────────────────────────────────────

    Presences presences(
            MqttComponent mqtt, GroupCommit writer, Optional<Spool> spool, HubClock hubClock, PresenceBook book) {
        return new Presences(
                mqtt, writer, spool, () -> hubClock.trust() != Trust.UNSURE, profile::advised, book, clock);
    }

    PresenceBook presenceBook(Queries queries, GroupCommit writer, Database database) {
        return new PresenceBook(queries, writer, database);
    }

    EventStream events(HealthReport health) {
        return new EventStream(VERSION, health, clock);
    }

    HttpEdge http(AdminToken token, Accounts devices, EventStream events) {
        return new HttpEdge(
                HttpEdge.Settings.of(
                        settings.port(Setting.HTTP_PORT),
                        settings.text(Setting.HTTP_HOST),
                        List.of(settings.text(Setting.HTTP_NAMES).split(",", -1))),
                CONTRACT,
                new SignIn(token, devices::device, firmware()),
                events,
                clock);
    }

    private SignIn.Firmware firmware() {
        return new SignIn.Firmware(
                settings.text(Setting.FIRMWARE_API_KEY),
                settings.text(Setting.FIRMWARE_CLIENTS).equals("open"));
    }

    Operations operations(
            Queries queries,
            HealthReport health,
            Database database,
            GroupCommit writer,
            Optional<Spool> spool,
            Optional<Integrity> integrity,
            Storage storage,
            MqttComponent mqtt,
            FlowBoard board,
            DiskHealth disk,
            LiveReadings live,
            Admission admission,
            Trail audit,
            PresenceWatch presence) {
        List<MetricSource> metrics = new ArrayList<>();
        metrics.add(
                new StoreMetrics(new LedgerQuery(queries), new DeviceBook(queries), database, writer::state, storage));
        spool.ifPresent(waits -> metrics.add(new SpoolMetrics(waits::state)));
        integrity.ifPresent(check -> metrics.add(new IntegrityHealth(check::state)));
        metrics.add(disk);
        metrics.add(new MqttHealth(mqtt::states, flow -> true));
        metrics.add(new LiveMetrics(live::states));
        metrics.add(new PresenceMetrics(presence));
        metrics.add(new FailingFlows(board));
        metrics.add(alerts.health());
        metrics.add(ota.metrics());
        metrics.add(ota.health());
        power.health().ifPresent(metrics::add);
        metrics.addAll(itself.metrics());
        metrics.add(new ProcessMetrics(VERSION));
        LongSupplier waiting = () -> spool.map(waits -> waits.state().waiting()).orElse(0L);
        return new Operations(
                queries,
                health,
                metrics,
                settings.duration(Setting.ENERGY_GAP),
                storage,
                waiting,
                presence,
                CONTRACT,
                VERSION,
                admission,
                audit,
                clock);
    }

    // ── What was set aside is mended ─────────────────────────────────────────────────────

    void bindQuarantine(
            CamelContext camel,
            Queries queries,
            Intake intake,
            GroupCommit writer,
            Database database,
            FlowRehearsal rehearsal,
            Trail audit) {
        QuarantineOperations.bindTo(camel, queries, intake, writer, database, rehearsal, audit);
    }

    // ── Devices are asked to do something ────────────────────────────────────────────────

    CommandOperations commands(
            CamelContext camel,
            Queries queries,
            GroupCommit writer,
            Database database,
            MqttComponent mqtt,
            EventStream events,
            HubClock hubClock,
            Whereabouts whereabouts) {
        CommandOperations commands = new CommandOperations(
                camel,
                new Changes(writer, database),
                queries,
                new CommandOperations.Surroundings(
                        whereabouts,
                        new Secrets(settings.data(), System.getenv())::value,
                        settings.text(Setting.COMMAND_CONFIRM),
                        mqtt::isPublishing,
                        events,
                        hubClock,
                        clock,
                        System::nanoTime));
        mqtt.whenPublishing(commands::reached);
        return commands;
    }

    // ── Devices get new firmware ─────────────────────────────────────────────────────────

    OtaWiring ota() {
        return ota;
    }

    // ── Power stations are asked for ─────────────────────────────────────────────────────

    PowerWiring power() {
        return power;
    }

    /** How much is done by the power that is left. */
    ProfileWiring profile() {
        return profile;
    }

    // ── It is saved ──────────────────────────────────────────────────────────────────────

    BackupWiring backup() {
        return backup;
    }

    // ── It is passed on to other programs ────────────────────────────────────────────────

    /** The names by which the flows in {@code routes/optional} call what they need; none of it does anything until it is called. */
    void bindForwarding(CamelContext camel, Queries queries) {
        camel.getRegistry().bind("dailyReport", new DailyReport(new ExtremesQuery(queries), clock));
        camel.getRegistry().bind("everyFamily", Families.every());
        camel.getRegistry().bind("lineProtocol", new InfluxLines());
        camel.getRegistry().bind("homeAssistant", new HomeAssistant());
        camel.getRegistry().bind("own", OwnDatabase.in(settings.data().resolve("own.db")));
    }

    // ── All of it in one process ─────────────────────────────────────────────────────────

    /** Camel, with nothing in it yet. */
    Main camel() {
        Main main = new Main();
        // Its usual one is called by the end of the process for good, and keeps a hub that was restored from being
        // forgotten.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        // Only what settings hold; not whatever application.properties lies on the class path.
        main.setDefaultPropertyPlaceholderLocation("false");
        settings.placeholders().forEach(main::addInitialProperty);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                confine(configured.getCamelContext());
            }
        });
        main.configure()
                .withName("caravan")
                .withJmxEnabled(false)
                .withShutdownTimeout(SHUTDOWN_SECONDS)
                .withShutdownLogInflightExchangesOnTimeout(false)
                // Lines of flow files in errors and in quarantine.
                .withSourceLocationEnabled(true);
        return main;
    }
}

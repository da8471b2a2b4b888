package org.caravanhub;

import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.caravanhub.api.BrokerHealth;
import org.caravanhub.api.FlowHealth;
import org.caravanhub.api.MqttHealth;
import org.caravanhub.api.Operations;
import org.caravanhub.api.StoreHealth;
import org.caravanhub.api.StoreMetrics;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.BrokerSettings;
import org.caravanhub.broker.EmbeddedBroker;
import org.caravanhub.broker.HubLogin;
import org.caravanhub.broker.PasswordHash;
import org.caravanhub.demo.Credential;
import org.caravanhub.disk.DiskHealth;
import org.caravanhub.disk.DiskWatch;
import org.caravanhub.disk.Leftovers;
import org.caravanhub.disk.Shedding;
import org.caravanhub.flow.FlowFiles;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.HealthReport;
import org.caravanhub.health.MetricSource;
import org.caravanhub.health.ProcessMetrics;
import org.caravanhub.http.AdminToken;
import org.caravanhub.http.Contract;
import org.caravanhub.http.Credentials;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.http.SignIn;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.reading.AlonaTelemetryDecoder;
import org.caravanhub.reading.CaravanTelemetryDecoder;
import org.caravanhub.reading.Decoder;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.PakuDataDecoder;
import org.caravanhub.reading.PakuRuuviDecoder;
import org.caravanhub.reading.UnknownTopicDecoder;
import org.caravanhub.settings.DataFolder;
import org.caravanhub.settings.PortTaken;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.WrongSettings;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Database;
import org.caravanhub.store.DeviceQueries;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.LedgerQuery;
import org.caravanhub.store.LogBound;
import org.caravanhub.store.Oldest;
import org.caravanhub.store.Queries;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreComponent;

/**
 * Every part of the hub, top to bottom in the order in which a message meets them. The only class that knows all others; what a
 * part needs, it is given here.
 */
final class Wiring {
    private static final int SHUTDOWN_SECONDS = 5;
    private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);
    private static final Contract CONTRACT = Contract.load();
    private static final String VERSION = Optional.ofNullable(
                    Wiring.class.getPackage().getImplementationVersion())
            .orElse("dev");

    private final Settings settings;
    private final Clock clock;

    Wiring(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
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
        if (settings.optional(Setting.DB_URL).isPresent()) {
            throw new WrongSettings(List.of(settings.place(Setting.DB_URL) + ": " + Setting.DB_URL.key()
                    + " names a database elsewhere, and this version keeps everything in SQLite; leave it empty"));
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
                        settings.data().resolve("broker")),
                clock);
    }

    /** The hub's own way into the embedded broker, the same at each start. */
    HubLogin hubLogin() {
        return HubLogin.load(settings.data().resolve("broker"));
    }

    /** Everybody that the embedded broker lets in. */
    List<Account> accounts(HubLogin hub, List<Account> devices) {
        List<Account> accounts = new ArrayList<>(devices);
        accounts.add(hub.account());
        return accounts;
    }

    /** The devices that have a credential of their own, at the broker and over HTTP. */
    List<Account> devices(List<Credential> credentials) {
        return credentials.stream()
                .map(device -> Account.device(device.device(), PasswordHash.of(device.password())))
                .toList();
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

    FlowFiles flows() {
        return new FlowFiles(settings.routes(), Set.of());
    }

    /** The names by which flows call decisions. */
    void bindDecoders(CamelContext camel, Decoder httpIngest) {
        camel.getRegistry().bind("pakuData", new PakuDataDecoder());
        camel.getRegistry().bind("pakuRuuvi", new PakuRuuviDecoder());
        camel.getRegistry().bind("alonaTelemetry", new AlonaTelemetryDecoder());
        camel.getRegistry().bind("caravanTelemetry", new CaravanTelemetryDecoder());
        camel.getRegistry().bind("unknownTopic", new UnknownTopicDecoder());
        camel.getRegistry().bind("httpIngest", httpIngest);
    }

    Decoder httpIngest() {
        return new HttpIngestDecoder();
    }

    // ── It is kept ───────────────────────────────────────────────────────────────────────

    SqliteDatabase database() {
        // Not in /tmp, which may forbid running what lies in it.
        System.setProperty("org.sqlite.tmpdir", settings.data().toAbsolutePath().toString());
        return SqliteDatabase.open(settings.data().resolve("caravan.db"));
    }

    GroupCommit writer(Database database) {
        return new GroupCommit(
                database,
                new CommitPolicy(
                        CommitPolicy.DEFAULT.maxOutcomes(),
                        Math.toIntExact(settings.number(Setting.COMMIT_BURST)),
                        settings.duration(Setting.COMMIT_PACE),
                        Math.toIntExact(settings.number(Setting.COMMIT_ENOUGH)),
                        settings.number(Setting.QUARANTINE_MAX_ROWS),
                        settings.number(Setting.QUARANTINE_MAX_BYTES)),
                clock);
    }

    /** What is given up for room on the disk, in this order. */
    DiskWatch disk(SqliteDatabase database, GroupCommit writer) {
        Oldest oldest = new Oldest(writer);
        LogBound log = new LogBound(database);
        return new DiskWatch(
                settings.data(),
                List.of(
                        new Shedding(0, "log", () -> {
                            log.keep();
                            return 0;
                        }),
                        new Shedding(85, "files that can be made again", new Leftovers(settings.data())::clear),
                        new Shedding(92, "messages of unknown topics", oldest::clearUnknownTopics),
                        new Shedding(97, "of the oldest readings", oldest::clearReadings)));
    }

    StoreComponent store(GroupCommit writer, Decoder httpIngest) {
        return new StoreComponent(writer, httpIngest::decodeOne);
    }

    // ── Somebody asks ────────────────────────────────────────────────────────────────────

    Queries queries(Database database) {
        return new Queries(database, QUERY_LIMIT);
    }

    HealthReport health(
            SqliteDatabase database,
            GroupCommit writer,
            Optional<EmbeddedBroker> broker,
            MqttComponent mqtt,
            FlowFiles flows,
            DiskHealth disk) {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(disk);
        checks.add(new StoreHealth(database, writer::state, clock));
        checks.add(new MqttHealth(mqtt::states));
        checks.add(new FlowHealth(flows::loaded));
        broker.map(BrokerHealth::new).ifPresent(checks::add);
        return new HealthReport(checks);
    }

    EventStream events(HealthReport health) {
        return new EventStream(VERSION, health, clock);
    }

    HttpEdge http(AdminToken token, List<Account> devices, EventStream events) {
        return new HttpEdge(
                HttpEdge.Settings.of(
                        settings.port(Setting.HTTP_PORT),
                        settings.text(Setting.HTTP_HOST),
                        List.of(settings.text(Setting.HTTP_NAMES).split(",", -1))),
                CONTRACT,
                new SignIn(token, credentials(devices)),
                events,
                clock);
    }

    /** As many hashes are made for a name that does not exist as for one that does. */
    private static Credentials credentials(List<Account> devices) {
        PasswordHash nobody = PasswordHash.of("");
        Map<String, PasswordHash> passwords =
                devices.stream().collect(Collectors.toUnmodifiableMap(Account::user, Account::password));
        return (user, password) ->
                passwords.getOrDefault(user, nobody).matches(password) && passwords.containsKey(user);
    }

    Operations operations(
            Queries queries,
            HealthReport health,
            SqliteDatabase database,
            GroupCommit writer,
            MqttComponent mqtt,
            DiskHealth disk) {
        List<MetricSource> metrics = List.of(
                new StoreMetrics(new LedgerQuery(queries), new DeviceQueries(queries), database, writer::state),
                new MqttHealth(mqtt::states),
                disk,
                new ProcessMetrics(VERSION));
        return new Operations(queries, health, metrics, CONTRACT, VERSION, clock);
    }

    // ── All of it in one process ─────────────────────────────────────────────────────────

    /** Camel, with nothing in it yet. */
    Main camel() {
        Main main = new Main();
        // Only what settings hold; not whatever application.properties lies on the class path.
        main.setDefaultPropertyPlaceholderLocation("false");
        settings.placeholders().forEach(main::addInitialProperty);
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

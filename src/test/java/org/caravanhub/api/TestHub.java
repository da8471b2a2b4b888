package org.caravanhub.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.access.Accounts;
import org.caravanhub.access.ElsewhereAccess;
import org.caravanhub.access.LoginProof;
import org.caravanhub.access.Places;
import org.caravanhub.alert.AlertCentre;
import org.caravanhub.alert.Alerts;
import org.caravanhub.alert.Deliveries;
import org.caravanhub.alert.Trials;
import org.caravanhub.broker.Account;
import org.caravanhub.broker.PasswordHash;
import org.caravanhub.clock.HubClock;
import org.caravanhub.device.Admitted;
import org.caravanhub.device.RegistryListeners;
import org.caravanhub.ecoflow.EcoFlow;
import org.caravanhub.ecoflow.Keys;
import org.caravanhub.exchange.Shown;
import org.caravanhub.flow.Flows;
import org.caravanhub.flow.LoadedFlows;
import org.caravanhub.flow.watch.FlowBoard;
import org.caravanhub.flow.watch.FlowWatch;
import org.caravanhub.flow.watch.Traces;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.HealthReport;
import org.caravanhub.health.ProcessMetrics;
import org.caravanhub.http.AdminToken;
import org.caravanhub.http.Contract;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.HttpEdge;
import org.caravanhub.http.SignIn;
import org.caravanhub.notice.Notice;
import org.caravanhub.power.PowerWatch;
import org.caravanhub.presence.Hearing;
import org.caravanhub.presence.PresenceMetrics;
import org.caravanhub.presence.PresenceRounds;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.reading.Decoder;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.Outcome;
import org.caravanhub.rehearsal.FlowRehearsal;
import org.caravanhub.settings.SettingsReader;
import org.caravanhub.store.AccessBook;
import org.caravanhub.store.AlertTables;
import org.caravanhub.store.AuditLog;
import org.caravanhub.store.Changes;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Database;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Intake;
import org.caravanhub.store.LedgerQuery;
import org.caravanhub.store.PostgresAddress;
import org.caravanhub.store.PostgresDatabase;
import org.caravanhub.store.PresenceBook;
import org.caravanhub.store.Queries;
import org.caravanhub.store.Receipt;
import org.caravanhub.store.ReleaseTables;
import org.caravanhub.store.Spool;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StorageQuery;
import org.caravanhub.store.StoreComponent;
import org.caravanhub.store.TrustTables;

/** The hub without a broker: real database, real routes, real HTTP on a free port of this machine. */
public final class TestHub implements AutoCloseable {
    /** A device that has a credential of its own. */
    public static final String DEVICE = "hut-door";

    /** In bytes. */
    public static final long LARGEST_FIRMWARE = 4 << 20;

    public static final long FIRMWARE_BUDGET = 12 << 20;

    public static final String API_KEY = "ci-4711-key";

    public static final String DEVICE_PASSWORD = "K7QD-9fRt";

    private static final Alerts NO_ALERTS = new Alerts() {
        @Override
        public void raise(Notice notice) {}

        @Override
        public void resolve(String name, String device, String why) {}
    };

    public final AdminToken token;
    public final Database database;
    private final Optional<Spool> spool;
    public final RegistryListeners registryListeners = new RegistryListeners();
    private final Admitted admitted;
    private final RegistryOperations registry;
    public final GroupCommit writer;
    public final EventStream events;
    public final Contract contract = Contract.load();
    public final AlertCentre alerts;
    /** By which alerts leave. */
    public final TestChannel channel = new TestChannel();

    /** What there is of firmware. */
    public final TestOta ota = new TestOta();

    public volatile Health health = Health.ok("fine");
    /** What devices may fetch, and are offered. */
    public final TestFirmware firmware;

    public final FirmwareServing serving;
    public final RolloutOperations rollouts;
    public final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Accounts accounts;
    private final Queries queries;
    public final PresenceWatch presence = new PresenceWatch(Hearing.ALWAYS, Clock.systemUTC(), System::nanoTime);
    private final PresenceRounds rounds;
    private final HttpEdge edge;
    private final CamelContext camel = new DefaultCamelContext();
    public final Flows flows;
    private final ProducerTemplate template;
    private CommandOperations commands;
    private final FlowWatch watch = new FlowWatch();
    public final Traces traces = new Traces(watch, new Shown(text -> text));
    private final FlowRehearsal rehearsal;
    public final FirmwareOperations library;
    public final TestBackups backups;

    public TestHub(Path folder) throws Exception {
        this(folder, 30_000, Duration.ofSeconds(5));
    }

    public TestHub(Path folder, long patienceMillis, Duration queryLimit) throws Exception {
        this(folder, patienceMillis, queryLimit, SqliteDatabase.open(folder.resolve("caravan.db")));
    }

    /** One that keeps everything in this PostgreSQL. */
    public TestHub(Path folder, TestPostgres postgres) throws Exception {
        this(
                folder,
                30_000,
                Duration.ofSeconds(5),
                PostgresDatabase.open(PostgresAddress.of(postgres.url(), Optional.empty(), Optional.empty())));
    }

    /** One that treats unknown devices like this. */
    public TestHub(Path folder, Database database, Admitted.Unknown unknown) throws Exception {
        this(folder, 30_000, Duration.ofSeconds(5), database, unknown);
    }

    private TestHub(Path folder, long patienceMillis, Duration queryLimit, Database database) throws Exception {
        this(folder, patienceMillis, queryLimit, database, Admitted.Unknown.ACCEPT);
    }

    private TestHub(Path folder, long patienceMillis, Duration queryLimit, Database database, Admitted.Unknown unknown)
            throws Exception {
        admitted = new Admitted(unknown);
        Clock clock = Clock.systemUTC();
        token = AdminToken.in(folder);
        this.database = database;
        spool = database instanceof PostgresDatabase postgres
                ? Optional.of(Spool.open(folder.resolve("spool.db"), postgres, CommitPolicy.DEFAULT, clock))
                : Optional.empty();
        writer = spool.map(Spool::tables).orElseGet(() -> new GroupCommit(database, CommitPolicy.DEFAULT, clock));
        queries = new Queries(database, queryLimit);
        HealthReport report = new HealthReport(List.of(new HealthCheck() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Health check() {
                return health;
            }
        }));
        Storage storage = new Storage(new StorageQuery(queries), 4L << 30, () -> OptionalLong.of(100L << 30), clock);
        events = new EventStream("test", report, clock);
        writer.addListener(events);
        spool.ifPresentOrElse(waits -> waits.addListener(presence), () -> writer.addListener(presence));
        PresenceBook presenceBook = new PresenceBook(queries, writer, database);
        rounds = new PresenceRounds(
                presence,
                presenceBook,
                now -> events.tell("device", now.device(), PresenceApi.event(now)),
                NO_ALERTS,
                Hearing.ALWAYS,
                clock,
                System::nanoTime);
        rounds.begin();
        database.whenThere(rounds::recall);
        camel.getRegistry().bind("presenceApi", new PresenceApi(presence, presenceBook, clock));
        Account inside = Account.device(DEVICE, PasswordHash.of(DEVICE_PASSWORD));
        AccessBook accessBook = new AccessBook(queries, new Changes(writer, database));
        accounts = new Accounts(
                accessBook,
                database,
                new ElsewhereAccess(),
                List.of(inside),
                folder.resolve("broker"),
                () -> true,
                clock);
        accounts.atStart();
        accounts.begin();
        registryListeners.add(accounts);
        Places places = new Places(() -> "tcp://127.0.0.1:1883", "127.0.0.1", "127.0.0.1");
        AccessOperations.bindTo(
                camel.getRegistry(), accessBook, accounts, places, LoginProof.NONE, registryListeners, clock);
        HttpEdge.Settings settings = new HttpEdge.Settings(0, "127.0.0.1", List.of("hub"), patienceMillis);
        AuditLog audit = new AuditLog(queries, new Changes(writer, database), clock);
        edge = new HttpEdge(
                settings,
                contract,
                new SignIn(token, accounts::device, new SignIn.Firmware(API_KEY, true)),
                events,
                clock);
        AlertTables book = new AlertTables(queries, new Changes(writer, database));
        Deliveries deliveries = new Deliveries(List.of(channel), clock);
        alerts = new AlertCentre(
                book,
                dispatch -> {},
                deliveries,
                alert -> events.tell("alert", alert.about().device(), AlertJson.of(alert, false)),
                clock);
        database.whenThere(alerts::look);
        AlertOperations.bindTo(
                camel.getRegistry(), alerts, book, deliveries, new Trials(List.of(channel), clock), clock);
        firmware = new TestFirmware(folder.resolve("firmware"));
        serving = FirmwareServing.bindTo(edge, firmware, firmware.changed::add, firmware, known(), alerts, clock);
        rollouts = new RolloutOperations(
                new Changes(writer, database),
                queries,
                registryListeners,
                new org.caravanhub.ota.Engine.Surroundings(
                        firmware,
                        presence,
                        alerts,
                        org.caravanhub.ota.OfferOutlet.NONE,
                        org.caravanhub.ota.RolloutListener.NONE,
                        () -> true,
                        java.time.ZoneOffset.UTC,
                        clock,
                        System::nanoTime));
        FirmwareTrustOperations.bindTo(
                camel.getRegistry(), new TrustTables(queries, new Changes(writer, database)), clock);
        HttpIngestDecoder decoder = new HttpIngestDecoder();
        camel.getRegistry().bind("httpIngest", decoder);
        camel.addComponent(
                "store",
                new StoreComponent(spool.<Intake>map(waits -> waits).orElse(writer), decoder::decodeOne)
                        .admitting(admitted));
        new Operations(
                        queries,
                        report,
                        List.of(
                                new ProcessMetrics("test"),
                                new PresenceMetrics(presence),
                                new StoreMetrics(
                                        new LedgerQuery(queries),
                                        new DeviceBook(queries),
                                        database,
                                        writer::state,
                                        storage)),
                        Duration.ofMinutes(10),
                        storage,
                        () -> spool.map(waits -> waits.state().waiting()).orElse(0L),
                        presence,
                        contract,
                        "test",
                        admitted,
                        audit,
                        clock)
                .bindTo(camel.getRegistry());
        camel.getRegistry().bind("bundleApi", new BundleApi(camel.getRegistry(), queries, List::of, "test", clock));
        flows = LoadedFlows.in(folder.resolve("routes"));
        camel.getRegistry().bind("flowFileApi", new FlowFileApi(flows, audit));
        Intake intake = spool.<Intake>map(waits -> waits).orElse(writer);
        QuarantineOperations.bindTo(camel, queries, intake, writer, database, new DecodedRehearsal(camel), audit);
        registry = new RegistryOperations(
                camel,
                admitted,
                registryListeners,
                queries,
                intake,
                writer,
                database,
                audit,
                presence,
                Duration.ofSeconds(2),
                clock);
        registryListeners.add(presence);
        library = bindFirmware(folder.resolve("firmware"), patienceMillis, clock);
        backups = new TestBackups(folder, camel, edge, job -> events.tell("job", "", job), audit, Optional.empty());
        bindCommands(clock);
        bindPower(clock, audit);
        OfferOperations.bindTo(
                camel.getRegistry(),
                ota.deciding(),
                new org.caravanhub.store.Inquiries(new Changes(writer, database), queries),
                queries,
                clock);
        RolloutControls.bindTo(camel.getRegistry(), ota);
        ota.listener = RolloutControls.news(events);
        registryListeners.add(commands);
        registryListeners.add(alerts);
        camel.start();
        edge.attachTo(camel);
        rehearsal = load(folder.resolve("routes"));
        template = camel.createProducerTemplate();
        database.whenThere(registry::start);
        rollouts.begin();
        edge.listen();
    }

    private FirmwareServing.Devices known() {
        DeviceBook devices = new DeviceBook(queries);
        return new FirmwareServing.Devices(
                devices::registered,
                device -> devices.registration(device).map(org.caravanhub.device.Registration::model),
                new org.caravanhub.store.Inquiries(new Changes(writer, database), queries)::note);
    }

    private FirmwareOperations bindFirmware(Path images, long patienceMillis, Clock clock) {
        FirmwareOperations made = new FirmwareOperations(
                new ReleaseTables(queries, new Changes(writer, database), images, clock),
                new FirmwareOperations.Limits(
                        images, LARGEST_FIRMWARE, FIRMWARE_BUDGET, "", Duration.ofMillis(patienceMillis)),
                new TrustTables(queries, new Changes(writer, database)));
        made.bindTo(camel, edge);
        database.whenThere(made.library()::begin);
        return made;
    }

    /** A cloud that may be asked at any time and is never; what hurries is counted. */
    private void bindPower(Clock clock, AuditLog audit) {
        HubClock hubClock = new HubClock(
                clock, System::nanoTime, () -> true, new HubClock.Limits(true, Instant.EPOCH, Optional.empty()));
        EcoFlow ecoflow = new EcoFlow(
                new EcoFlow.Settings(new Keys("access", "secret"), Duration.ofMillis(1), java.util.Set.of()),
                () -> Duration.ofMillis(1),
                hubClock,
                clock,
                System::nanoTime,
                new java.util.Random(4711),
                NO_ALERTS);
        PowerOperations.bindTo(
                camel.getRegistry(),
                new PowerSetup(SettingsReader.read(
                        Path.of("."),
                        java.util.Map.of("CARAVAN_ECOFLOW_HOST", "http://127.0.0.1:1"),
                        java.util.Map.of(),
                        null)),
                Optional.of(ecoflow),
                queries,
                presence,
                hubClock,
                new PowerApi.Surroundings(PowerWatch.NONE, Optional.empty(), in -> {}, audit, clock));
    }

    /** What brings commands; there is no broker, so they wait. */
    private void bindCommands(Clock clock) {
        HubClock hubClock = new HubClock(
                clock, System::nanoTime, () -> true, new HubClock.Limits(true, Instant.EPOCH, Optional.empty()));
        commands = new CommandOperations(
                camel,
                new Changes(writer, database),
                queries,
                new CommandOperations.Surroundings(
                        presence,
                        name -> {
                            throw new IllegalArgumentException("there is no secret " + name);
                        },
                        "restart",
                        () -> false,
                        events,
                        hubClock,
                        clock,
                        System::nanoTime));
    }

    /** The routes of the API as they are shipped, and those of the test. */
    private FlowRehearsal load(Path routes) throws IOException {
        copy(Path.of("routes/shared/answer-problem.camel.yaml"), routes.resolve("shared"));
        try (var files = Files.list(Path.of("routes/api"))) {
            for (Path file : files.toList()) {
                copy(file, routes.resolve("api"));
            }
        }
        copy(Path.of("routes/reading/replay-ingest-reading.camel.yaml"), routes.resolve("reading"));
        copy(Path.of("routes/shared/set-aside.camel.yaml"), routes.resolve("shared"));
        copy(Path.of("src/test/resources/api/users-flow.camel.yaml"), routes.resolve("test"));
        FlowRehearsal made = watchFlows();
        LoadedFlows.start(flows, camel);
        return made;
    }

    private FlowRehearsal watchFlows() {
        Shown shown = new Shown(text -> text);
        FlowBoard board = new FlowBoard(watch, flows::files, flows::isPaused);
        FlowRehearsal made = new FlowRehearsal(
                camel,
                flows::running,
                flows::check,
                bean -> camel.getRegistry().lookupByName(bean) instanceof Decoder,
                new HttpIngestDecoder()::decodeOne,
                shown);
        camel.getRegistry().bind("flowApi", new FlowApi(board, traces));
        camel.getRegistry().bind("flowTestApi", new FlowTestApi(board, made, Clock.systemUTC()));
        watch.attachTo(camel);
        return made;
    }

    private static void copy(Path file, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(file.getFileName()));
    }

    public CamelContext camel() {
        return camel;
    }

    public int port() {
        return edge.port();
    }

    /** Stores these as a flow would. */
    public Receipt keep(Outcome... outcomes) {
        return template.requestBody("store:reading?timeout=10000", new ArrayList<>(List.of(outcomes)), Receipt.class);
    }

    /** A request to this path, not signed in. */
    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    /** A request of the admin to this path. */
    public HttpRequest.Builder asked(String path) {
        return to(path).header("Authorization", "Bearer " + token.text());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The admin's GET. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(asked(path).GET());
    }

    /** Sends bytes as they are, and answers everything that comes back until the hub closes the connection. */
    public String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port())) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (java.net.SocketException closed) {
                // The hub does not wait for the end of what it refuses; what it said can be read all the same.
            }
            return readAnswer(socket);
        }
    }

    /** What comes until the hub closes, or until it has been silent for half a second after it began. */
    private static String readAnswer(Socket socket) throws IOException {
        java.io.ByteArrayOutputStream answer = new java.io.ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int read = socket.getInputStream().read(part);
                    read >= 0;
                    read = socket.getInputStream().read(part)) {
                answer.write(part, 0, read);
                socket.setSoTimeout(500);
            }
        } catch (java.net.SocketTimeoutException | java.net.SocketException over) {
            // A reset connection, or one that is kept open.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** Waits until the tables have what the hub has taken. */
    public void awaitTables() {
        spool.ifPresent(waits -> Await.until(
                "what waited in the spool is in the tables",
                Duration.ofSeconds(30),
                () -> waits.state().waiting() == 0));
    }

    @Override
    public void close() throws Exception {
        flows.close();
        backups.close();
        edge.close();
        serving.close();
        rollouts.close();
        library.close();
        registry.close();
        rehearsal.close();
        watch.close();
        commands.close();
        camel.close();
        rounds.close();
        accounts.close();
        if (spool.isPresent()) {
            spool.get().close();
        } else {
            writer.close();
        }
        queries.close();
        database.close();
    }
}

package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.alert.Alert;
import org.caravanhub.alert.Alerts;
import org.caravanhub.clock.HubClock;
import org.caravanhub.flow.LoadedFlows;
import org.caravanhub.message.Message;
import org.caravanhub.notice.Notice;
import org.caravanhub.reading.Families;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.Reading;
import org.caravanhub.schedule.Schedules;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Database;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ScheduleBook;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreComponent;

/** The shipped flows for EcoFlow with a real database; an interval passes when the test says so. */
final class PolledHub implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofSeconds(10);

    final List<Reading> kept = new CopyOnWriteArrayList<>();
    final List<Notice> raised = new ArrayList<>();
    final List<String> resolved = new ArrayList<>();
    final Set<Alert.About> open = new LinkedHashSet<>();
    final EcoFlow ecoflow;
    volatile Duration pace = INTERVAL;
    final Database database;
    private final AtomicLong nanos = new AtomicLong(1);
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final Queries queries;
    private final GroupCommit writer;

    PolledHub(Path folder, String host, Keys keys, Clock clock, String... serials) throws Exception {
        this(folder, host, keys, clock, LONGEST, serials);
    }

    /** @param longest after which a question is cut off */
    PolledHub(Path folder, String host, Keys keys, Clock clock, Duration longest, String... serials) throws Exception {
        this(folder, SqliteDatabase.open(folder.resolve("caravan.db")), host, keys, clock, longest, serials);
    }

    PolledHub(Path folder, String host, EcoFlow.Settings settings) throws Exception {
        this(folder, SqliteDatabase.open(folder.resolve("caravan.db")), host, settings, Clock.systemUTC(), LONGEST);
    }

    PolledHub(Path folder, Database database, String host, Keys keys, Clock clock, Duration longest, String... serials)
            throws Exception {
        this(folder, database, host, new EcoFlow.Settings(keys, INTERVAL, Set.of(serials)), clock, longest);
    }

    private PolledHub(
            Path folder, Database database, String host, EcoFlow.Settings settings, Clock clock, Duration longest)
            throws Exception {
        this.database = database;
        queries = new Queries(database, Duration.ofSeconds(5));
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        Bridges bridges = new Bridges(() -> pace.multipliedBy(2), clock, nanos::get);
        writer.addListener((stored, receipt) -> stored.forEach(bridges::heard));
        writer.addListener((stored, receipt) -> stored.forEach(kept::add));
        camel.addComponent("store", new StoreComponent(writer, new HttpIngestDecoder()::decodeOne));
        // An interval is over when somebody says so.
        camel.addComponent("every", new DirectComponent());
        camel.getRegistry().bind("schedules", new Schedules(new ScheduleBook(queries, writer, database), 0));
        HubClock.Limits limits = new HubClock.Limits(false, Instant.parse("2025-01-01T00:00:00Z"), Optional.empty());
        HubClock hubClock = new HubClock(clock, nanos::get, () -> false, limits);
        ecoflow = new EcoFlow(settings, () -> pace, hubClock, clock, nanos::get, new Random(4711), alerts());
        ecoflow.beside(bridges);
        camel.getRegistry().bind("ecoflow", ecoflow);
        camel.getRegistry().bind("ecoflowClient", new FencedClient(longest));
        Properties placeholders = new Properties();
        placeholders.putAll(Map.of("caravan.ecoflow.host", host, "caravan.ecoflow.interval", "60000"));
        camel.getPropertiesComponent().setInitialProperties(placeholders);
        camel.start();
        template = camel.createProducerTemplate();
        for (String flow : List.of(
                "ecoflow/poll-ecoflow", "ecoflow/ask-ecoflow", "ecoflow/keep-ecoflow", "shared/try-next-time")) {
            Path target = folder.resolve("routes").resolve(flow + ".camel.yaml");
            Files.createDirectories(target.getParent());
            Files.copy(Path.of("routes", flow + ".camel.yaml"), target);
        }
        LoadedFlows.start(
                LoadedFlows.in(folder.resolve("routes"), "poll-ecoflow", "ask-ecoflow", "keep-ecoflow"), camel);
    }

    private Alerts alerts() {
        return new Alerts() {
            @Override
            public void raise(Notice notice) {
                raised.add(notice);
                open.add(new Alert.About(notice.name(), notice.device()));
            }

            @Override
            public List<String> devices(String name) {
                return open.stream()
                        .filter(about -> about.name().equals(name))
                        .map(Alert.About::device)
                        .toList();
            }

            @Override
            public void resolve(String name, String device, String why) {
                resolved.add(name + " " + device);
                open.remove(new Alert.About(name, device));
            }
        };
    }

    /** What was kept, when it is so much. */
    List<Reading> awaitKept(int readings) {
        Await.until(readings + " readings", Duration.ofSeconds(20), () -> kept.size() >= readings);
        return kept;
    }

    /** Does this while commits wait. */
    void whileNothingIsCommitted(Runnable work) throws SQLException {
        writer.lend(connection -> {
            work.run();
            assertThat(kept).isEmpty();
            return true;
        });
    }

    /** A bridge tells this of a station. */
    void bridge(String serial, String payload) {
        int before = kept.size();
        byte[] bytes = payload.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Message message = Message.of("ecoflow/galley/" + serial, bytes, Instant.now());
        template.sendBody("store:reading", Families.ecoflowBridge().decodeOne(message));
        awaitKept(before + 1);
    }

    /** Something takes so long. */
    void takes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** So many intervals pass, and the flow runs after each. */
    void pass(int intervals) {
        for (int i = 0; i < intervals; i++) {
            pass(INTERVAL);
        }
    }

    /** So much time passes, and the flow runs after it. */
    void pass(Duration time) {
        takes(time);
        template.sendBody("every:60000ms", "");
    }

    @Override
    public void close() throws Exception {
        camel.close();
        writer.close();
        queries.close();
        database.close();
    }
}

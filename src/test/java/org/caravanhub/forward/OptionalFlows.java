package org.caravanhub.forward;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.flow.LoadedFlows;
import org.caravanhub.mqtt.ConsumerState;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.reading.CaravanTelemetryDecoder;
import org.caravanhub.reading.Families;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.schedule.Schedules;
import org.caravanhub.secret.SecretFunction;
import org.caravanhub.secret.Secrets;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Crossings;
import org.caravanhub.store.ExtremesQuery;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.LiveReadings;
import org.caravanhub.store.Queries;
import org.caravanhub.store.ScheduleBook;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreComponent;

/** Optional flows as they are shipped, with a real broker and a real database. */
final class OptionalFlows implements AutoCloseable {
    final TestMosquitto broker;
    final SqliteDatabase database;
    private final Queries queries;
    private final GroupCommit writer;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final MqttComponent mqtt = new MqttComponent(Clock.systemUTC());

    /** @param settings what placeholders stand for */
    OptionalFlows(Path folder, Map<String, String> settings, Map<String, String> secrets, String... flows)
            throws Exception {
        broker = TestMosquitto.open().start();
        database = SqliteDatabase.open(folder.resolve("caravan.db"));
        queries = new Queries(database, Duration.ofSeconds(5));
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        mqtt.setBrokerUrl(broker.url());
        LiveReadings live = new LiveReadings();
        writer.addListener(live);
        camel.addComponent("mqtt", mqtt);
        camel.addComponent(
                "store",
                new StoreComponent(writer, new HttpIngestDecoder()::decodeOne)
                        .telling(live, new Crossings(queries, writer, database), Clock.systemUTC()));
        camel.getRegistry().bind("everyFamily", Families.every());
        camel.getRegistry().bind("lineProtocol", new InfluxLines());
        camel.getRegistry().bind("homeAssistant", new HomeAssistant());
        camel.getRegistry().bind("dailyReport", new DailyReport(new ExtremesQuery(queries), Clock.systemUTC()));
        camel.addComponent("every", new Schedules(new ScheduleBook(queries, writer, database), 0).every());
        camel.getRegistry().bind("own", OwnDatabase.in(folder.resolve("own.db")));
        camel.getRegistry().bind("caravanTelemetry", new CaravanTelemetryDecoder());
        Properties placeholders = new Properties();
        placeholders.putAll(settings);
        camel.getPropertiesComponent().setInitialProperties(placeholders);
        camel.getPropertiesComponent().addPropertiesFunction(new SecretFunction(new Secrets(folder, secrets)));
        camel.start();
        for (String flow : flows) {
            copy("optional", flow, folder);
        }
        copy("shared", "keep-trying", folder);
        copy("shared", "set-aside", folder);
        copy("reading", "caravan-telemetry", folder);
        LoadedFlows.start(LoadedFlows.in(folder.resolve("routes"), flows), camel);
        Await.until("subscribed", Duration.ofSeconds(20), () -> mqtt.states().stream()
                .allMatch(ConsumerState::subscribed));
    }

    /** One line, one message. */
    static void publish(TestMosquitto to, String topic, String lines) throws Exception {
        Path file = Files.createTempFile("lines", "");
        Files.writeString(file, lines + "\n");
        Process publisher = new ProcessBuilder(
                        "sh", "-c", "mosquitto_pub -l -q 1 -t " + topic + " -p " + to.port() + " < " + file)
                .inheritIO()
                .start();
        if (!publisher.waitFor(30, TimeUnit.SECONDS) || publisher.exitValue() != 0) {
            throw new AssertionError("not published");
        }
        Files.delete(file);
    }

    /** Lets a flow run now, whatever it waits for. */
    void run(String flow) throws Exception {
        var route = camel.getRoute(flow);
        var exchange = route.getEndpoint().createExchange();
        org.apache.camel.support.AsyncProcessorConverterHelper.convert(route.getProcessor())
                .process(exchange, sync -> {});
    }

    void publish(String topic, String lines) throws Exception {
        publish(broker, topic, lines);
    }

    private static void copy(String feature, String flow, Path folder) throws Exception {
        Path target = folder.resolve("routes").resolve(feature);
        Files.createDirectories(target);
        Files.copy(Path.of("routes", feature, flow + ".camel.yaml"), target.resolve(flow + ".camel.yaml"));
    }

    @Override
    public void close() throws Exception {
        camel.close();
        writer.close();
        queries.close();
        database.close();
        broker.close();
    }
}

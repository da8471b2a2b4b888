package org.caravanhub.ecoflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.caravanhub.Await;
import org.caravanhub.broker.MqttPrograms.Subscriber;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.flow.LoadedFlows;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Crossings;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.LiveReadings;
import org.caravanhub.store.Queries;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped flow for displays, while the broker is not there and after. */
class TellPowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void withoutABrokerNothingFailsAndTheNextReadingIsToldWhenItIsThere() throws Exception {
        try (TestMosquitto broker = TestMosquitto.open();
                SqliteDatabase database = SqliteDatabase.open(folder.resolve("caravan.db"));
                Queries queries = new Queries(database, Duration.ofSeconds(5));
                GroupCommit writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
                DefaultCamelContext camel = camel(broker, database, queries, writer)) {
            keep(camel, 76);
            Await.until("it has given up", PATIENCE, () -> done.get() > 0);
            broker.start();
            try (Subscriber display = Subscriber.open(broker.url(), List.of(), List.of("paku/ecoflow/+/power"))) {
                keep(camel, 75);
                Await.until("the hub is at the broker again", PATIENCE, () -> {
                    keep(camel, 74);
                    return !display.messages().isEmpty();
                });
                assertThat(display.messages().get(0)).startsWith("paku/ecoflow/DCABZ0000000001/power {\"soc\":7");
            }
            assertThat(failed).hasValue(0);
        }
    }

    private DefaultCamelContext camel(
            TestMosquitto broker, SqliteDatabase database, Queries queries, GroupCommit writer) throws Exception {
        LiveReadings live = new LiveReadings();
        writer.addListener(live);
        DefaultCamelContext camel = new DefaultCamelContext();
        Crossings crossings = new Crossings(queries, writer, database);
        camel.addComponent(
                "store",
                new StoreComponent(writer, new HttpIngestDecoder()::decodeOne)
                        .telling(live, crossings, Clock.systemUTC()));
        MqttComponent mqtt = new MqttComponent(Clock.systemUTC());
        mqtt.setBrokerUrl(broker.url());
        camel.addComponent("mqtt", mqtt);
        PowerMessages messages = new PowerMessages(() -> Duration.ofMinutes(1), Clock.systemUTC());
        camel.getRegistry().bind("powerMessages", messages);
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                boolean isOfFlow = event instanceof CamelEvent.ExchangeEvent exchange
                        && "tell-power".equals(exchange.getExchange().getFromRouteId());
                if (isOfFlow && event instanceof CamelEvent.ExchangeFailedEvent) {
                    failed.incrementAndGet();
                } else if (isOfFlow && event instanceof CamelEvent.ExchangeCompletedEvent) {
                    done.incrementAndGet();
                }
            }
        });
        camel.start();
        for (String flow : List.of("ecoflow/tell-power", "shared/leave-to-sender")) {
            Path target = folder.resolve("routes").resolve(flow + ".camel.yaml");
            Files.createDirectories(target.getParent());
            Files.copy(Path.of("routes", flow + ".camel.yaml"), target);
        }
        LoadedFlows.start(LoadedFlows.in(folder.resolve("routes"), "tell-power"), camel);
        return camel;
    }

    private static void keep(DefaultCamelContext camel, int charge) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        byte[] metrics = ("{\"soc_percent\":" + charge + "}").getBytes(UTF_8);
        Reading reading =
                new Reading(Source.of("ecoflow-DCABZ0000000001", "ecoflow"), now, now, Metrics.ofChecked(metrics), 0);
        camel.createProducerTemplate().sendBody("store:reading", List.of(reading));
    }
}

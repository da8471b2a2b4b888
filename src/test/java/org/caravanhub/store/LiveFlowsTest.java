package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.store.TestStore.NOON;
import static org.caravanhub.store.TestStore.reading;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravanhub.Await;
import org.caravanhub.exchange.Entrance;
import org.caravanhub.exchange.Notes;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows that start from what was kept. */
class LiveFlowsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LOW = "store:value?metric=battery_voltage_v&below=3.3&until=3.5";

    @TempDir
    Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private TestStore store;
    private Queries queries;
    private LiveReadings live;
    private DefaultCamelContext camel;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        queries = new Queries(store.database, Duration.ofSeconds(5));
        live = new LiveReadings();
        store.writer.addListener(live);
        camel = new DefaultCamelContext();
        camel.addComponent(
                "store",
                new StoreComponent(store.writer, new HttpIngestDecoder()::decodeOne)
                        .telling(
                                live,
                                new Crossings(queries, store.writer, store.database),
                                Clock.fixed(NOON.plusSeconds(86_400), ZoneOffset.UTC)));
        camel.start();
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
        queries.close();
        store.close();
    }

    @Test
    void aFlowIsToldOfAReadingInTheWordsOfSimple() throws Exception {
        flow(
                "words",
                "store:reading?metrics=temperature_c,humidity_percent",
                "${body.device} ${body.time} ${body.metrics[temperature_c]} ${exchangeProperty.CaravanDevice}");

        store.keep(reading("hut", NOON, "{\"pressure_hpa\":1013}"));
        store.keep(reading("hut", NOON.plusSeconds(1), "{\"temperature_c\":21.5,\"humidity_percent\":50}"));

        assertThat(next()).isEqualTo("hut 2026-06-01T12:00:01Z 21.5 hut");
    }

    @Test
    void asTextItIsJsonThatCanBeKeptAgain() throws Exception {
        flow("json", "store:reading", "${bodyAs(String)}");

        store.keep(reading("hut", NOON, "{\"temperature_c\":21.50,\"note\":\"a \\\"b\\\"\"}"));

        assertThat(next())
                .isEqualTo("{\"device\":\"hut\",\"time\":\"2026-06-01T12:00:00Z\","
                        + "\"metrics\":{\"temperature_c\":21.50,\"note\":\"a \\\"b\\\"\"}}");
    }

    @Test
    void aBatteryThatTremblesAtItsLimitIsToldOnceAndAgainWhenItIsBack() throws Exception {
        flow("battery", LOW + "&recovered=true", "${body.device} ${body.value} ${body.recovered}");

        volts(3.4, 3.2, 3.31, 3.1, 3.5, 3.2);

        assertThat(List.of(next(), next(), next())).containsExactly("hut 3.2 false", "hut 3.5 true", "hut 3.2 false");
    }

    @Test
    void aRestartNeitherRepeatsNorMissesWhatCrossedItsLimit() throws Exception {
        flow("battery", LOW, "${body.value}");
        volts(3.2);
        assertThat(next()).isEqualTo("3.2");
        Await.until("it is noted", PATIENCE, () -> rows() == 1);

        close();
        open();
        flow("battery", LOW, "${body.value}");
        volts(3.1, 3.6, 3.0);

        assertThat(next()).isEqualTo("3.0");
        assertThat(rows()).isLessThanOrEqualTo(1);
    }

    @Test
    void anEditThatKeepsTheLimitsTellsNothingTwiceAndAnotherLimitIsLookedAtAnew() throws Exception {
        flow("battery", LOW, "before ${body.value}");
        volts(3.2);
        assertThat(next()).isEqualTo("before 3.2");

        flow("battery", LOW + "&for=0s", "after ${body.value}");
        volts(3.1);
        flow("battery", LOW.replace("3.3", "3.4"), "other ${body.value}");
        volts(3.05);

        assertThat(next()).isEqualTo("other 3.05");
        Await.until("the old limit is forgotten", PATIENCE, () -> rows() == 1);
    }

    @Test
    void aFlowThatHangsHoldsUpNeitherTheWriterNorAnotherFlow() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch hung = new CountDownLatch(1);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("store:reading").routeId("hangs").process(exchange -> {
                    hung.countDown();
                    never.await();
                });
            }
        });
        flow("goes-on", "store:value?metric=n", "${body.value}");

        List<Outcome> many = new ArrayList<>();
        for (int i = 0; i < 3 * LiveQueue.MOST; i++) {
            many.add(reading("hut", NOON.plusSeconds(i), "{\"n\":" + i + "}"));
        }
        Receipt receipt = store.keep(many.toArray(new Outcome[0]));
        assertThat(receipt.stored()).isEqualTo(many.size());
        assertThat(hung.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        store.keep(reading("hut", NOON.plusSeconds(many.size()), "{\"n\":-1}"));

        String last = "";
        while (!last.equals("-1")) {
            last = next();
        }
        LiveState hangs = live.states().get(1);
        assertThat(hangs.flow()).isEqualTo("hangs");
        assertThat(hangs.leftOut()).isPositive();
        assertThat(hangs.waiting()).isEqualTo(LiveQueue.MOST);
        never.countDown();
    }

    @Test
    void aFlowIsNotToldOfWhatItKeepsItself() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("store:reading?device=hut*")
                        .routeId("mean")
                        .process(exchange -> told.add(exchange.getMessage().getBody(String.class)))
                        .setBody()
                        .simple("{\"device\":\"${body.device}-mean\",\"metrics\":{\"mean_c\":1}}")
                        .to("store:reading");
            }
        });

        store.keep(reading("hut", NOON, "{\"temperature_c\":1}"));
        assertThat(next()).contains("\"device\":\"hut\"");
        Await.until("it is kept", PATIENCE, () -> count("select count(*) from reading") == 2);
        store.keep(reading("hut", NOON.plusSeconds(1), "{\"temperature_c\":2}"));

        assertThat(next()).contains("\"temperature_c\":2");
    }

    @Test
    void whatIsDoubtfulOrHistoryOrAnotherDeviceIsNotTold() throws Exception {
        flow("alert", "store:value?metric=t&below=3&device=hut-*&family=caravan", "${body.time}");

        store.keep(
                reading("hut-1", NOON.plusSeconds(1), "{\"t\":1}", Flag.FUTURE.bit()),
                reading("hut-1", NOON.plusSeconds(2), "{\"t\":1}", Flag.CLOCK_UNSURE.bit()),
                reading("hut-1", NOON.plusSeconds(3), "{\"t\":-127}", Flag.OUT_OF_RANGE.bit()),
                reading("van-1", NOON.plusSeconds(4), "{\"t\":1}"));
        store.keepHistory(reading("hut-1", NOON.plusSeconds(5), "{\"t\":1}"));
        store.keep(reading("hut-1", NOON.plusSeconds(6), "{\"t\":1}", Flag.LATE.bit()));

        assertThat(next()).isEqualTo("2026-06-01T12:00:06Z");
    }

    @Test
    void aMessageCanBeTriedOnTheFlowAsIfItHadJustBeenKept() throws Exception {
        Entrance entrance = (Entrance) camel.getEndpoint(LOW);
        Exchange exchange = new DefaultExchange(camel);
        byte[] json = "{\"device\":\"hut\",\"metrics\":{\"battery_voltage_v\":3.1}}".getBytes(StandardCharsets.UTF_8);

        entrance.fill(exchange, List.of(Message.of("test", json, NOON)));

        assertThat(exchange.getMessage().getBody(String.class)).contains("3.1");
        assertThat(exchange.getProperty(Notes.DEVICE)).isEqualTo("hut");
        byte[] other = "{\"device\":\"hut\",\"metrics\":{\"x\":1}}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> entrance.fill(exchange, List.of(Message.of("test", other, NOON))))
                .hasMessage("the reading has no battery_voltage_v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "store:value",
                "store:value?metric=a&until=3",
                "store:value?metric=a&below=3&until=2",
                "store:value?metric=a&recovered=true",
                "store:reading?below=3",
                "store:value?metric=a&belwo=3",
                "store:values?metric=a"
            })
    void aMistakeIsFoundBeforeAnythingRuns(String uri) {
        assertThatThrownBy(() -> camel.getEndpoint(uri)).rootCause().isNotNull();
    }

    private void volts(double... values) throws Exception {
        for (double value : values) {
            long before = count("select count(*) from reading");
            store.keep(reading("hut", NOON.plusSeconds(before), "{\"battery_voltage_v\":" + value + "}"));
        }
    }

    /** Adds a flow, or replaces it by another of this id; it says this of what it is told. */
    private void flow(String id, String from, String says) throws Exception {
        if (camel.getRoute(id) != null) {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from)
                        .routeId(id)
                        .setBody()
                        .simple(says)
                        .process(exchange -> told.add(exchange.getMessage().getBody(String.class)));
            }
        });
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private long rows() {
        return count("select count(*) from crossing");
    }

    private long count(String sql) {
        try {
            return store.number(sql);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

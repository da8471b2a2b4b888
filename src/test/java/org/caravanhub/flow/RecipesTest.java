package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.mqtt.MqttComponent;
import org.caravanhub.notice.NotifyComponent;
import org.caravanhub.reading.HttpIngestDecoder;
import org.caravanhub.reading.PakuDataDecoder;
import org.caravanhub.reading.Reading;
import org.caravanhub.store.CommitPolicy;
import org.caravanhub.store.Crossings;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.LiveReadings;
import org.caravanhub.store.Queries;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreComponent;
import org.caravanhub.weather.Air;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flows of {@code routes/optional}: captured messages go in at a real broker, and what they are for comes out. */
class RecipesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path CAPTURED = Path.of("src/test/resources/captured/reading/paku-data/ruuvi.json");

    @TempDir
    Path folder;

    private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> switched = new LinkedBlockingQueue<>();
    private final BlockingQueue<Reading> kept = new LinkedBlockingQueue<>();
    private final TestMosquitto broker = TestMosquitto.open();
    private SqliteDatabase database;
    private Queries queries;
    private GroupCommit writer;
    private DefaultCamelContext camel;
    private MqttComponent mqtt;

    @BeforeEach
    void open() throws Exception {
        broker.start();
        copy("shared/set-aside", "shared/alert-below", "shared/alert-above", "reading/paku-data");
        start();
    }

    private void start() throws Exception {
        database = SqliteDatabase.open(folder.resolve("caravan.db"));
        queries = new Queries(database, Duration.ofSeconds(5));
        writer = new GroupCommit(database, CommitPolicy.DEFAULT, Clock.systemUTC());
        writer.addListener((stored, receipt) -> kept.addAll(stored));
        LiveReadings live = new LiveReadings();
        writer.addListener(live);
        mqtt = new MqttComponent(Clock.systemUTC());
        mqtt.setBrokerUrl(broker.url());
        camel = new DefaultCamelContext();
        camel.addComponent("mqtt", mqtt);
        camel.addComponent(
                "store",
                new StoreComponent(writer, new HttpIngestDecoder()::decodeOne)
                        .telling(live, new Crossings(queries, writer, database), Clock.systemUTC()));
        camel.addComponent(
                "notify",
                new NotifyComponent(
                        notice -> notices.add(
                                notice.flow() + " " + notice.priority().word() + ": " + notice.title()),
                        Clock.systemUTC()));
        camel.getRegistry().bind("pakuData", new PakuDataDecoder());
        camel.getRegistry().bind("air", new Air());
        camel.start();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("mqtt:van/fan/set?cleanStart=true")
                        .routeId("the-fan")
                        .process(exchange -> switched.add(exchange.getMessage().getBody(String.class)));
            }
        });
    }

    @AfterEach
    void close() throws Exception {
        stop();
        broker.close();
    }

    private void stop() throws Exception {
        camel.close();
        writer.close();
        queries.close();
        database.close();
    }

    @Test
    void aBatteryIsToldWhenItWasLowForTenMinutes() throws Exception {
        load("low-battery");

        says("20:00", "2912", "2400");
        says("20:05", "2912", "2650");
        says("20:10", "2912", "2400");
        says("20:21", "2912", "2390");
        says("20:30", "2912", "2380");

        assertThat(notice()).isEqualTo("low-battery normal: ruuvi_2_Paku: battery_mv 2390, limit 2500");
        assertThat(notices).isEmpty();
    }

    @Test
    void frostIsToldOfTheColdestSensorAndOnce() throws Exception {
        load("frost");

        says("20:00", "21.4", "2.9");
        says("20:01", "21.4", "2.5");

        assertThat(notice()).isEqualTo("frost high: Frost: 2.9 °C at ruuvi_2_Paku");
        assertThat(notices).isEmpty();
    }

    @Test
    void theFanGoesOnAndOffOnceEachAndARestartDoesNotSwitchItAgain() throws Exception {
        load("fan-when-humid");
        says("20:00", "43.2", "71.5");
        assertThat(switched()).isEqualTo("on");
        says("20:01", "43.2", "65");
        Await.until("both are kept", PATIENCE, () -> kept.size() == 2);
        stop();
        start();
        load("fan-when-humid");

        says("20:02", "43.2", "75");
        says("20:03", "43.2", "58.9");

        String first = switched();
        // The broker keeps the last switch for a fan that was away.
        assertThat(first.equals("on") ? switched() : first).isEqualTo("off");
        assertThat(switched).isEmpty();
    }

    @Test
    void theDewPointIsKeptAsAReadingOfTheSameDeviceAndMomentAndARepeatChangesNothing() throws Exception {
        load("dew-point");

        says("20:00", "21.4", "20.0");
        Reading measured = kept.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Reading derived = kept.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        says("20:00", "21.4", "20.0");
        says("20:01", "21.4", "20.0");

        assertThat(derived.metrics()).hasToString("{\"dew_point_c\":7.1,\"absolute_humidity_g_m3\":7.46}");
        assertThat(derived.source().device()).isEqualTo("ruuvi_2_Paku");
        assertThat(derived.measuredAt()).isEqualTo(measured.measuredAt());
        Await.until("two more", PATIENCE, () -> kept.size() == 2);
        assertThat(kept.poll().metrics().toString()).contains("temperature_c");
        assertThat(kept.poll().metrics().toString()).contains("dew_point_c");
    }

    @Test
    void anAlertOfOnesOwnIsEightLines() throws Exception {
        Files.writeString(folder.resolve("warm.camel.yaml"), """
                - templatedRoute:
                    routeId: too-warm
                    routeTemplateRef: alert-above
                    parameters:
                      - {name: name, value: too-warm}
                      - {name: metric, value: temperature_c}
                      - {name: above, value: "30"}
                      - {name: until, value: "28"}
                - templatedRoute:
                    routeId: too-cold
                    routeTemplateRef: alert-below
                    parameters:
                      - {name: name, value: too-cold}
                      - {name: metric, value: temperature_c}
                      - {name: below, value: "5"}
                """);
        load("frost");

        says("20:00", "21.4", "31");
        says("20:01", "21.4", "29");
        says("20:02", "21.4", "32");
        says("20:03", "21.4", "4.5");

        assertThat(List.of(notice(), notice()))
                .containsExactlyInAnyOrder(
                        "too-warm normal: ruuvi_2_Paku: temperature_c is 31",
                        "too-cold normal: ruuvi_2_Paku: temperature_c is 4.5");
        assertThat(notices).isEmpty();
    }

    /** The captured message, of this time and with one value changed. */
    private void says(String time, String value, String instead) throws IOException {
        String message =
                Files.readString(CAPTURED).replace("T20:00:", "T" + time + ":").replace(": " + value, ": " + instead);
        camel.createProducerTemplate().sendBody("mqtt:van/sensors/ruuvi_2_Paku/data", message);
    }

    private void load(String recipe) throws Exception {
        copy("optional/" + recipe);
        LoadedFlows.start(LoadedFlows.in(folder, recipe), camel);
        Await.until("the flows listen", PATIENCE, () -> mqtt.states().stream().allMatch(state -> state.subscribed()));
    }

    private void copy(String... files) throws IOException {
        for (String name : files) {
            Path copy = folder.resolve(name + ".camel.yaml");
            Files.createDirectories(copy.getParent());
            Files.write(copy, Files.readAllBytes(Path.of("routes", name + ".camel.yaml")));
        }
    }

    private String notice() throws InterruptedException {
        return notices.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private String switched() throws InterruptedException {
        return switched.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}

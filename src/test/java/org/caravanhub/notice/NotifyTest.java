package org.caravanhub.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.exchange.Notes;
import org.caravanhub.flow.LoadedFlows;
import org.caravanhub.mqtt.MqttComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private final BlockingQueue<Notice> told = new LinkedBlockingQueue<>();

    @Test
    void aFlowTellsItsOwnerWithTheWordsOfItsBodyAndWhenItIsOver() throws Exception {
        Files.writeString(folder.resolve("frost.camel.yaml"), """
                - route:
                    id: frost
                    from:
                      uri: direct:frost
                      steps:
                        - to:
                            uri: notify:frost
                            parameters:
                              title: "RAW(Frost: ${body} °C & 100 % + more)"
                              priority: urgent
                              again: 6h
                              resolved: "${body} > 3"
                """);
        List<String> manners = new java.util.concurrent.CopyOnWriteArrayList<>();
        Notices notices = new Notices() {
            @Override
            public void tell(Notice notice) {
                told.add(notice);
            }

            @Override
            public void tell(Notice notice, Manner manner) {
                manners.add(manner.hasEnd() + " " + manner.again());
                tell(notice);
            }

            @Override
            public void over(Notice end) {
                manners.add("over " + end.device());
            }
        };
        try (DefaultCamelContext camel = camel(notices)) {
            LoadedFlows.of(folder, camel);

            say(camel, "hut", "2.5");
            say(camel, "hut", "3.5");
        }

        assertThat(told)
                .containsExactly(new Notice(
                        "frost", "frost", "Frost: 2.5 °C & 100 % + more", "2.5", Priority.URGENT, "hut", NOON));
        assertThat(manners).containsExactly("true PT6H", "over hut");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notify:Frost",
                "notify:a/b",
                "notify:frost?priority=loud",
                "notify:frost?title=${body",
                "notify:frost?titel=x"
            })
    void aMistakeIsFoundBeforeAnythingRuns(String uri) throws Exception {
        try (DefaultCamelContext camel = camel(told::add)) {
            assertThatThrownBy(() -> camel.getEndpoint(uri)).rootCause().isNotNull();
        }
    }

    @Test
    void anOutletThatFailsKeepsItFromNoneOfTheOthers() {
        Outlet broken = dispatch -> {
            throw new IllegalStateException("broken");
        };

        new NoticeBoard(List.of(broken, dispatch -> told.add(dispatch.notice()))).tell(dispatch("frost", "Frost"));

        assertThat(told).hasSize(1);
    }

    @Test
    void whoeverListensAtTheBrokerHearsIt() throws Exception {
        try (TestMosquitto broker = TestMosquitto.open().start();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            MqttComponent mqtt = new MqttComponent(Clock.systemUTC());
            mqtt.setBrokerUrl(broker.url());
            mqtt.setDeadLetter("direct:dead");
            camel.addComponent("mqtt", mqtt);
            camel.start();
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("mqtt:caravan/hub/notice/#")
                            .routeId("listens")
                            .process(exchange -> heard.add(exchange.getMessage().getBody(String.class)));
                }
            });
            org.caravanhub.Await.until("it listens", Duration.ofSeconds(PATIENCE_SECONDS), () -> mqtt.states().stream()
                    .allMatch(state -> state.subscribed()));

            new BrokerNotices(camel).tell(dispatch("frost", "Frost"));

            assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("{\"name\":\"frost\",\"flow\":\"frost\",\"title\":\"Frost\",\"text\":\"2.5 °C\","
                            + "\"priority\":\"high\",\"device\":\"hut\",\"time\":\"2026-06-01T12:00:00Z\",\"id\":\"a-1\","
                            + "\"state\":\"open\",\"severity\":\"high\",\"since\":\"2026-06-01T12:00:00Z\","
                            + "\"count\":1,\"late_ms\":0}");
        }
    }

    private static DefaultCamelContext camel(Notices notices) {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addComponent("notify", new NotifyComponent(notices, Clock.fixed(NOON, ZoneOffset.UTC)));
        camel.start();
        return camel;
    }

    private static void say(DefaultCamelContext camel, String device, String body) {
        camel.createProducerTemplate().send("direct:frost", exchange -> {
            exchange.setProperty(Notes.DEVICE, device);
            exchange.getMessage().setBody(body);
        });
    }

    private static Notice notice(String name, String title) {
        return new Notice(name, "frost", title, "2.5 °C", Priority.HIGH, "hut", NOON);
    }

    private static Dispatch dispatch(String name, String title) {
        return new Dispatch("a-1", Dispatch.State.OPEN, notice(name, title), Priority.HIGH, NOON, 1);
    }
}

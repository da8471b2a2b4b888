package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.mqtt.TestHub.into;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class MqttReconnectTest {
    private static final String ACCEPTED = "20 03 00 00 00 ";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @Test
    void aBrokerThatRestartsWithABacklogUnderTrafficIsDrainedWithinTenSeconds() throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (TestMosquitto mosquitto = TestMosquitto.open().start();
                TestHub hub = new TestHub(mosquitto.url())) {
            CountDownLatch open = new CountDownLatch(1);
            Set<String> seen = new HashSet<>();
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:t?batch=1&maxPending=10&receiveMaximum=10", exchange -> {
                open.await();
                into(received).process(exchange);
            });
            hub.subscribed("numbers");
            try (RawPublisher device = new RawPublisher(mosquitto.port())) {
                device.publishNumbers("t", 0, 1_000);
            }
            mosquitto.stop();
            open.countDown();
            mosquitto.start();
            // 100 messages a second for two seconds, from a device that is back before the hub is.
            CountDownLatch published = new CountDownLatch(200);
            RawPublisher device = new RawPublisher(mosquitto.port());
            clock.scheduleAtFixedRate(
                    () -> {
                        int number = 1_200 - (int) published.getCount();
                        if (number < 1_200) {
                            device.publish("t", Integer.toString(number)).awaitAcknowledged();
                            published.countDown();
                        }
                    },
                    0,
                    10,
                    TimeUnit.MILLISECONDS);
            hub.subscribed("numbers");
            assertThat(published.await(20, TimeUnit.SECONDS)).isTrue();
            Await.until("drained: " + hub.mqtt.states(), Duration.ofSeconds(10), () -> {
                received.drainTo(seen);
                return seen.size() == 1_200 && hub.state("numbers").pending() == 0;
            });
        } finally {
            clock.shutdownNow();
        }
    }

    @Test
    void aConnectionThatIsCutWithABacklogLosesNothing() {
        try (TestMosquitto mosquitto = TestMosquitto.open().start();
                TestHub hub = new TestHub(mosquitto.url())) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:t", into(received)).subscribed("numbers");
            Set<String> seen = new HashSet<>();
            for (int round = 0; round < 3; round++) {
                Connections.cut(mosquitto.port());
                try (RawPublisher device = new RawPublisher(mosquitto.port())) {
                    device.publishNumbers("t", round * 1_000, round * 1_000 + 1_000);
                }
                int expected = (round + 1) * 1_000;
                Await.until("round is drained", Duration.ofSeconds(10), () -> {
                    received.drainTo(seen);
                    return seen.size() == expected;
                });
            }
            assertThat(hub.state("numbers").reconnects()).isEqualTo(3);
        }
    }

    @Test
    void aSessionThatTheBrokerForgotIsSaid() {
        try (TestMosquitto mosquitto = TestMosquitto.open().start();
                TestHub hub = new TestHub(mosquitto.url());
                LogLines log = new LogLines()) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:t", into(received)).subscribed("numbers");
            mosquitto.kill();
            mosquitto.start();
            Await.until(
                    "subscribed anew",
                    Duration.ofSeconds(12),
                    () -> hub.state("numbers").sessionsLost() == 1);
            hub.subscribed("numbers");
            try (RawPublisher device = new RawPublisher(mosquitto.port())) {
                device.publishNumbers("t", 0, 1);
            }
            assertThat(TestHub.take(received, 1)).containsExactly("0");
            assertThat(log.warnings("session lost")).hasSize(1);
        }
    }

    @Test
    void aWrongPasswordIsToldOnceAndTriedAgainUntilItIsRight() {
        try (TestMosquitto mosquitto =
                        TestMosquitto.guarded().user("hub", "old").start();
                TestHub hub = new TestHub(mosquitto.url());
                LogLines log = new LogLines()) {
            hub.mqtt.setUserName("hub");
            hub.mqtt.setPassword("s3cret");
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:t", into(received));
            Await.until("refused three times", TestHub.PATIENCE, () -> refusals(mosquitto) >= 3);

            assertThat(log.warnings("not connected")).hasSize(1);
            assertThat(hub.state("numbers").reason()).contains("check userName");
            assertThat(String.join("\n", log.all()) + hub.mqtt.states()).doesNotContain("s3cret");

            mosquitto.user("hub", "s3cret");
            hub.subscribed("numbers");
            assertThat(hub.state("numbers").reason()).isEmpty();
        }
    }

    @Test
    void aSubscriptionThatIsRefusedIsSeen() {
        try (TestMosquitto mosquitto = TestMosquitto.guarded()
                        .user("hub", "x")
                        .acl("user hub\ntopic read open/#\n")
                        .start();
                TestHub hub = new TestHub(mosquitto.url())) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:open/#?userName=hub&password=x", into(received));
            hub.subscribed("numbers");
            assertThat(hub.state("numbers").isHealthy()).isTrue();
        }
        try (FakeBroker broker = new FakeBroker(ACCEPTED + "90 04 00 01 00 87");
                TestHub hub = new TestHub(broker.url());
                LogLines log = new LogLines()) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:secret/#", into(received));
            hub.subscribed("numbers");

            assertThat(hub.state("numbers").refused()).containsExactly("secret/#");
            assertThat(hub.state("numbers").isHealthy()).isFalse();
            assertThat(log.warnings("subscription refused")).hasSize(1);
        }
    }

    @Test
    void aClientIdThatIsUsedTwiceIsTold() {
        try (TestMosquitto mosquitto = TestMosquitto.open().start();
                TestHub hub = new TestHub(mosquitto.url());
                LogLines log = new LogLines()) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("one", "mqtt:t?clientId=same", into(received)).subscribed("one");
            hub.flow("two", "mqtt:t?clientId=same", into(received));

            // Mosquitto 2.0.11 does not say so; that it closes again and again does.
            Await.until("it is told", TestHub.PATIENCE, () -> !log.warnings("same client id")
                    .isEmpty());
            assertThat(log.warnings("not connected").size()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aSessionThatIsTakenOverIsLeftAloneForTenSeconds() throws Exception {
        try (FakeBroker broker = new FakeBroker(ACCEPTED + "e0 02 8e 00");
                TestHub hub = new TestHub(broker.url());
                LogLines log = new LogLines()) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:t", into(received));

            assertThat(broker.connections.poll(5, TimeUnit.SECONDS)).isZero();
            Await.until(
                    "it is told",
                    TestHub.PATIENCE,
                    () -> log.warnings("same client id").size() == 1);
            assertThat(broker.connections.poll(3, TimeUnit.SECONDS))
                    .as("no haste")
                    .isNull();
        }
    }

    @Test
    void whatIsNotMqttEndsTheConnectionAndNothingElse() throws Exception {
        try (FakeBroker broker = new FakeBroker(
                        "d0 00", // an answer to nothing
                        ACCEPTED + "36 00", // QoS 3
                        ACCEPTED + "30 ff ff ff ff ff", // a length without end
                        ACCEPTED + "20 03 00 00 00", // accepted twice
                        ACCEPTED + "90 03 00 01 00 30 06 00 02 c3 28 00 78", // a topic that is not UTF-8
                        ACCEPTED);
                TestHub hub = new TestHub(broker.url());
                LogLines log = new LogLines()) {
            hub.flow("dead", "direct:dead", exchange -> {});
            BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
            hub.flow("numbers", "mqtt:#", exchanges::add);

            Exchange exchange = exchanges.poll(30, TimeUnit.SECONDS);
            assertThat(exchange).isNotNull();
            assertThat(exchange.getMessage().getHeader("CamelMqttTopic")).isEqualTo("\uFFFD(");
            assertThat(broker.connections).hasSize(5);
            assertThat(log.warnings("not MQTT")).hasSize(4);
        }
    }

    @Test
    void aBrokerThatIsNotThereYetHoldsUpNothing() {
        TestMosquitto mosquitto = TestMosquitto.open();
        try (mosquitto;
                TestHub hub = new TestHub(mosquitto.url())) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:t", into(received));
            assertThat(hub.camel.getRouteController().getRouteStatus("numbers").isStarted())
                    .isTrue();
            mosquitto.start();
            hub.subscribed("numbers");
        }
    }

    private static long refusals(TestMosquitto mosquitto) {
        try {
            return java.nio.file.Files.readAllLines(mosquitto.log()).stream()
                    .filter(line -> line.contains("not authorised"))
                    .count();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.mqtt.MqttComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an edit does to what the broker keeps for a flow, on a real broker. */
class MqttFlowsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    @Test
    void theBrokerKeepsMessagesForAPausedFlowAndForgetsARemovedOne() throws Exception {
        try (TestMosquitto broker = TestMosquitto.open();
                TestFlows hub = new TestFlows(folder)) {
            broker.start();
            MqttComponent mqtt = start(hub, broker, "lamp", flow("lamp", "numbers", ""));

            hub.flows.pause("lamp", "admin");
            publish(broker, "numbers", "1");
            hub.flows.resume("lamp", "admin");
            Await.until("what came meanwhile is read", PATIENCE, () -> received.contains("1"));

            hub.flows.remove("lamp.camel.yaml", new Expected.Anything(), "admin");
            Await.until("the broker has forgotten it", PATIENCE, () -> mqtt.endingSessions() == 0);
            publish(broker, "numbers", "2");
            hub.write("lamp.camel.yaml", flow("lamp", "numbers", ""));
            subscribed(hub, mqtt);
            publish(broker, "numbers", "3");

            Await.until("the new flow reads", PATIENCE, () -> received.contains("3"));
            assertThat(received).containsExactly("1", "3");
        }
    }

    @Test
    void aTopicThatIsTakenOutOfAFlowIsNotReadAnyMore() throws Exception {
        try (TestMosquitto broker = TestMosquitto.open();
                TestFlows hub = new TestFlows(folder)) {
            broker.start();
            MqttComponent mqtt = start(hub, broker, "lamp", flow("lamp", "old,both", ""));

            hub.write("lamp.camel.yaml", flow("lamp", "new,both", ""));
            Await.until(
                    "it reads others",
                    PATIENCE,
                    () -> !mqtt.states().isEmpty()
                            && mqtt.states().get(0).filters().contains("new")
                            && mqtt.states().get(0).subscribed());
            publish(broker, "old", "1");
            publish(broker, "new", "2");
            publish(broker, "both", "3");

            Await.until("the last is read", PATIENCE, () -> received.contains("3"));
            assertThat(received).containsExactly("2", "3");
        }
    }

    @Test
    void aTopicThatWasTakenOutWhileTheHubWasOffIsNotReadEither() throws Exception {
        try (TestMosquitto broker = TestMosquitto.open()) {
            broker.start();
            try (TestFlows hub = new TestFlows(folder)) {
                start(hub, broker, "lamp", flow("lamp", "old,both", ""));
            }
            try (TestFlows hub = new TestFlows(folder)) {
                start(hub, broker, "lamp", flow("lamp", "new,both", ""));
                publish(broker, "old", "1");
                publish(broker, "new", "2");
                publish(broker, "both", "3");

                Await.until("the last is read", PATIENCE, () -> received.contains("3"));
                assertThat(received).containsExactly("2", "3");
            }
        }
    }

    @Test
    void aFlowThatHangsCanBeEditedAndItsMessageComesAgain() throws Exception {
        try (TestMosquitto broker = TestMosquitto.open();
                TestFlows hub = new TestFlows(folder)) {
            broker.start();
            MqttComponent mqtt = start(hub, broker, "lamp", flow("lamp", "numbers", """
                            - bean:
                                ref: hang
                                method: forEver
                    """));
            publish(broker, "numbers", "1");
            Await.until("it hangs", PATIENCE, () -> mqtt.states().get(0).pending() == 1);

            hub.write("lamp.camel.yaml", flow("lamp", "numbers", ""));

            Await.until("the message was handled after all", PATIENCE, () -> received.contains("1"));
            assertThat(hub.state("lamp.camel.yaml")).isEqualTo(FlowFile.State.RUNNING);
        }
    }

    /** A step that never ends by itself. */
    public static final class Hang {
        public void forEver() throws InterruptedException {
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    /** A step that keeps what it sees. */
    public final class Memory {
        public void keep(Exchange exchange) {
            received.add(new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8));
        }
    }

    private MqttComponent start(TestFlows hub, TestMosquitto broker, String id, String yaml) throws Exception {
        MqttComponent mqtt = new MqttComponent(Clock.systemUTC());
        mqtt.setBrokerUrl(broker.url());
        mqtt.setDeadLetter("log:dead");
        hub.camel.addComponent("mqtt", mqtt);
        hub.camel.getRegistry().bind("hang", new Hang());
        hub.camel.getRegistry().bind("memory", new Memory());
        hub.hub = new Hub() {
            @Override
            public AutoCloseable hurry() {
                return () -> {};
            }

            @Override
            public void endSessions(java.util.function.Predicate<String> stays) {
                mqtt.endSessions(stays);
            }
        };
        hub.write(id + ".camel.yaml", yaml);
        hub.start();
        subscribed(hub, mqtt);
        return mqtt;
    }

    private static void subscribed(TestFlows hub, MqttComponent mqtt) {
        Await.until(
                "subscribed",
                PATIENCE,
                () -> !mqtt.states().isEmpty() && mqtt.states().get(0).subscribed());
        hub.flows.lookNow();
    }

    private static String flow(String id, String topic, String step) {
        return """
                - route:
                    id: %s
                    from:
                      uri: mqtt:%s
                      steps:
                %s        - bean:
                            ref: memory
                            method: keep
                """.formatted(id, topic, step);
    }

    private static void publish(TestMosquitto broker, String topic, String text) throws Exception {
        Process process = new ProcessBuilder(
                        "mosquitto_pub", "-p", Integer.toString(broker.port()), "-q", "1", "-t", topic, "-m", text)
                .inheritIO()
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}

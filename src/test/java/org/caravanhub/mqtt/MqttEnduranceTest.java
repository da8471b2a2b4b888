package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.message.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an off-grid year does to a connection, in minutes: mvn test -Dgroups=endurance -DexcludedGroups= -Dtest=MqttEnduranceTest. */
@Tag("endurance")
class MqttEnduranceTest {
    private final BitSet seen = new BitSet();
    private long deliveries;

    @Test
    void fiftyCutsAndRestartsWithABacklogAreDrainedWithinTenSecondsEach() {
        Random random = new Random(7);
        int published = 0;
        long slowestMs = 0;
        try (TestMosquitto mosquitto = TestMosquitto.open().start();
                TestHub hub = new TestHub(mosquitto.url())) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.flow("numbers", "mqtt:t?batch=500", this::note).subscribed("numbers");
            for (int round = 0; round < 50; round++) {
                int backlog = 10 + random.nextInt(4_991);
                boolean restart = round % 2 == 0;
                long begin;
                if (restart) {

                    mosquitto.stop();
                    mosquitto.start();
                } else {
                    Connections.cut(mosquitto.port());
                }
                int before = published;
                published += backlog;
                try (RawPublisher device = new RawPublisher(mosquitto.port())) {
                    device.publishNumbers("t", before, published);
                    hub.subscribed("numbers");
                    begin = System.nanoTime();
                    device.publishNumbers("t", published, published + 20);
                    published += 20;
                }
                int expected = published;
                Await.until(
                        "round " + round + " is drained: " + hub.mqtt.states(),
                        Duration.ofSeconds(10),
                        () -> count() == expected);
                slowestMs = Math.max(slowestMs, (System.nanoTime() - begin) / 1_000_000);
            }
            System.out.printf(
                    "50 rounds: %d messages, 0 lost, %d repeated (their acknowledgement was still unread when the broker went), slowest drain %d ms after reconnect, %d reconnects%n",
                    published,
                    deliveries - published,
                    slowestMs,
                    hub.state("numbers").reconnects());
        }
    }

    @Test
    void thirtyStartsOnOneProcessorWithABacklogWithholdNothing() throws Exception {
        long slowestMs = 0;
        try (TestMosquitto mosquitto = TestMosquitto.open().start()) {
            start(mosquitto, 0);
            for (int round = 0; round < 30; round++) {
                try (RawPublisher device = new RawPublisher(mosquitto.port())) {
                    device.publishNumbers("t", 0, 500);
                }
                slowestMs = Math.max(slowestMs, start(mosquitto, 500));
            }
        }
        System.out.printf(
                "30 starts on one processor: 500 of 500 each, slowest %d ms with the JVM's start%n", slowestMs);
    }

    /** Starts a hub in a process of its own, pinned to one processor, that ends when it has so many messages. */
    private static long start(TestMosquitto mosquitto, int messages) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PinnedHub.class.getName()));
        command.addAll(List.of(mosquitto.url(), Integer.toString(messages)));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command).inheritIO().start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("all " + messages + " came within 30 s")
                .isTrue();
        return (System.nanoTime() - begin) / 1_000_000;
    }

    /** The process that {@link #start} starts. */
    static final class PinnedHub {
        private PinnedHub() {}

        public static void main(String[] arguments) {
            int messages = Integer.parseInt(arguments[1]);
            MqttEnduranceTest test = new MqttEnduranceTest();
            try (TestHub hub = new TestHub(arguments[0])) {
                hub.flow("dead", "direct:dead", exchange -> {});
                hub.flow("numbers", "mqtt:t?batch=50", test::note).subscribed("numbers");
                Await.until("all came: " + messages, Duration.ofSeconds(20), () -> test.count() == messages);
            }
        }
    }

    private synchronized void note(Exchange exchange) {
        for (Object item : exchange.getMessage().getBody(List.class)) {
            deliveries++;
            seen.set(Integer.parseInt(new String(((Message) item).payload(), StandardCharsets.UTF_8)));
        }
    }

    private synchronized int count() {
        return seen.cardinality();
    }
}

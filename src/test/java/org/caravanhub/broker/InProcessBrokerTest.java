package org.caravanhub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.broker.EmbeddedBrokerTest.GATE;
import static org.caravanhub.broker.EmbeddedBrokerTest.HUB;
import static org.caravanhub.broker.MqttPrograms.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.MqttPrograms.Publisher;
import org.caravanhub.broker.MqttPrograms.Subscriber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InProcessBrokerTest {
    private static final String[] HUB_SESSION = {"-i", "caravan-hub-1", "-c", "-x", "86400"};
    private static final List<String> TELEMETRY = List.of("caravan/+/telemetry");

    private final Path directory;
    private final int port = Ports.free();

    InProcessBrokerTest(@TempDir Path directory) {
        this.directory = directory.resolve("broker");
    }

    @Test
    void aKillLosesNothingThatWasAcknowledged() {
        Set<Integer> acknowledged;
        try (BrokerProcess broker = BrokerProcess.start(settings())) {
            Subscriber.open(url(), HUB, TELEMETRY, HUB_SESSION).close();
            publish(url(), GATE, "caravan/gate.1/status", "kept", "-r");
            try (Publisher gate = Publisher.open(url(), GATE, "caravan/gate.1/telemetry")) {
                gate.send(3000);
                gate.awaitAcknowledged(1000);
                broker.kill(); // in the middle
                acknowledged = gate.acknowledged();
            }
        }
        try (BrokerProcess broker = BrokerProcess.start(settings());
                Subscriber status = Subscriber.open(url(), HUB, List.of("caravan/gate.1/status"));
                Subscriber hub = Subscriber.open(url(), HUB, TELEMETRY, HUB_SESSION)) {
            publish(url(), GATE, "caravan/gate.1/telemetry", "last");
            Set<Integer> lost = new HashSet<>(acknowledged);
            // The last few before the kill may come after what is published now: nothing is lost, but the order is.
            for (String message = hub.next(); message != null && !lost.isEmpty(); message = hub.next()) {
                String text = message.substring(message.lastIndexOf(' ') + 1);
                if (!text.equals("last")) {
                    lost.remove(Integer.parseInt(text));
                }
            }
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(1000);
            assertThat(lost).as("acknowledged and lost").isEmpty();
            assertThat(status.next()).isEqualTo("caravan/gate.1/status kept");
        }
    }

    @Test
    void aPassingSessionEndsWithAKill() {
        Subscriber passing;
        try (BrokerProcess broker = BrokerProcess.start(settings())) {
            passing = Subscriber.open(url(), HUB, TELEMETRY, "-i", "laptop");
            broker.kill();
            passing.close();
        }
        try (BrokerProcess broker = BrokerProcess.start(settings())) {
            publish(url(), GATE, "caravan/gate.1/telemetry", "nobody waits for this");
            try (Subscriber again = Subscriber.open(url(), HUB, TELEMETRY, "-i", "laptop", "-c", "-x", "60")) {
                publish(url(), GATE, "caravan/gate.1/telemetry", "hello");
                assertThat(again.next()).isEqualTo("caravan/gate.1/telemetry hello");
            }
        }
    }

    @Test
    void clientIdsOfTheHubAndThoseThatCouldBreakAFilterAreRefused() {
        try (BrokerProcess broker = BrokerProcess.start(settings())) {
            for (String clientId : List.of("caravan-hub-1", "x' OR '1'='1", "a::b", "#")) {
                assertThat(publish(url(), GATE, "caravan/gate.1/status", "x", "-i", clientId)
                                .exit())
                        .as(clientId)
                        .isNotZero();
            }
        }
    }

    @Test
    void costsNothingWhileMosquittoRuns() throws IOException {
        Path classes = directory.resolveSibling("classes.log");
        BrokerSettings mosquitto = new BrokerSettings(BrokerSettings.Kind.MOSQUITTO, "127.0.0.1", port, directory);
        try (BrokerProcess broker = BrokerProcess.start(mosquitto, "-Xlog:class+load:file=" + classes)) {
            broker.kill();
            assertThat(Files.readString(classes))
                    .contains("org.caravanhub.broker.MosquittoChild")
                    .doesNotContain("org.apache.activemq", "io.netty");
        } finally {
            MosquittoProcess.find(
                            new MosquittoFiles(mosquitto).pid().orElseThrow(),
                            new MosquittoFiles(mosquitto).configuration())
                    .ifPresent(orphan -> orphan.end(Duration.ofSeconds(4)));
        }
    }

    private BrokerSettings settings() {
        return new BrokerSettings(BrokerSettings.Kind.IN_PROCESS, "127.0.0.1", port, directory);
    }

    private String url() {
        return settings().url();
    }
}

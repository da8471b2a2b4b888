package org.caravanhub.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.broker.MqttPrograms.login;
import static org.caravanhub.broker.MqttPrograms.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.MqttPrograms.Subscriber;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same rules on both brokers, with real clients. */
class EmbeddedBrokerTest {
    static final List<String> HUB = login("hub", "hub-secret");
    static final List<String> GATE = login("gate.1", "gate-secret");
    static final Account HUB_ACCOUNT = Account.hub("hub", PasswordHash.of("hub-secret"));
    static final Account GATE_ACCOUNT = Account.device("gate.1", PasswordHash.of("gate-secret"));
    static final Account MAST_ACCOUNT = Account.device("mast", PasswordHash.of("mast-secret"));

    private final Path directory;

    EmbeddedBrokerTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void whoHasNoAccountIsRefused(BrokerSettings.Kind kind) {
        try (EmbeddedBroker broker = started(kind)) {
            assertThat(publish(broker.url(), List.of(), "caravan/gate.1/status", "x")
                            .output())
                    .containsIgnoringCase("error");
            assertThat(publish(broker.url(), login("gate.1", "guess"), "caravan/gate.1/status", "x")
                            .exit())
                    .isNotZero();
            assertThat(publish(broker.url(), login("nobody", ""), "caravan/gate.1/status", "x")
                            .exit())
                    .isNotZero();
            assertThat(publish(broker.url(), login("ACTIVEMQ.CLUSTER.ADMIN.USER", "CHANGE ME!!"), "x/y", "x")
                            .exit())
                    .as("a password that is printed in a manual")
                    .isNotZero();
        }
    }

    /** A display that comes later hears what the hub said to all, and what a device said in its name is not there. */
    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void whatIsSaidToAllIsHeardByAllAndSaidByTheHubOnly(BrokerSettings.Kind kind) {
        String topic = "caravan/power/profile";
        try (EmbeddedBroker broker = started(kind)) {
            publish(broker.url(), HUB, topic, "saving", "-r");
            publish(broker.url(), GATE, topic, "normal", "-r");
            try (Subscriber gate = Subscriber.open(broker.url(), GATE, List.of(topic))) {
                assertThat(gate.next()).isEqualTo(topic + " saving");
                publish(broker.url(), HUB, topic, "floor", "-r");
                assertThat(gate.next()).isEqualTo(topic + " floor");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void aDeviceIsHeardOnItsOwnTopicsOnly(BrokerSettings.Kind kind) {
        try (EmbeddedBroker broker = started(kind);
                Subscriber hub = Subscriber.open(broker.url(), HUB, List.of("#"))) {
            for (String foreign : List.of(
                    "caravan/mast/telemetry",
                    "caravan/gate.1/cmd",
                    "caravan/gate.1/config/set",
                    "caravan/gate.1/telemetry::caravan-hub",
                    "caravan/gate/1/telemetry",
                    "activemq/management",
                    "$SYS/broker/version",
                    "$CONTROL/dynamic-security/v1",
                    "$share/x/caravan/mast/telemetry")) {
                publish(broker.url(), GATE, foreign, "not mine");
                publish(broker.url(), GATE, foreign, "not mine", "-V", "311");
            }
            publish(broker.url(), GATE, "caravan/gate.1/telemetry", "mine", "-r");
            publish(broker.url(), GATE, "caravan/gate.1/event/open", "mine", "-q", "2");

            assertThat(hub.until("caravan/gate.1/event/open mine"))
                    .containsExactly("caravan/gate.1/telemetry mine", "caravan/gate.1/event/open mine");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void aDeviceHearsItsOwnCommandsOnlyHoweverItAsks(BrokerSettings.Kind kind) {
        try (EmbeddedBroker broker = started(kind)) {
            publish(broker.url(), HUB, "caravan/mast/status", "kept for the hub", "-r");
            List<String> greedy = List.of(
                    "#",
                    "+/#",
                    "caravan/#",
                    "+/+/cmd",
                    "+/+/+/cmd",
                    "caravan/mast/#",
                    "$SYS/#",
                    "$CONTROL/#",
                    "$share/x/#",
                    "activemq/#",
                    "$sys/mqtt/sessions");
            try (Subscriber curious = Subscriber.open(broker.url(), GATE, greedy);
                    Subscriber honest = Subscriber.open(broker.url(), GATE, List.of("caravan/gate.1/cmd"))) {
                publish(broker.url(), HUB, "caravan/mast/cmd", "for the mast");
                publish(broker.url(), HUB, "paku/edge/mast/cmd", "for the mast");
                publish(broker.url(), HUB, "caravan/gate.1/telemetry", "for the hub");
                publish(broker.url(), HUB, "caravan/gate.1/cmd", "for the gate");
                assertThat(honest.until("caravan/gate.1/cmd for the gate")).hasSize(1);
                publish(broker.url(), HUB, "caravan/gate.1/cmd", "again");
                assertThat(honest.until("caravan/gate.1/cmd again")).hasSize(1);
                assertThat(curious.messages().stream()
                                .map(message -> message.split(" ")[0])
                                .collect(Collectors.toSet()))
                        .isSubsetOf("caravan/gate.1/cmd");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void aLastWillReachesNoTopicOfAnother(BrokerSettings.Kind kind) {
        try (EmbeddedBroker broker = started(kind);
                Subscriber hub = Subscriber.open(broker.url(), HUB, List.of("caravan/+/status"))) {
            Subscriber liar = Subscriber.open(
                    broker.url(),
                    GATE,
                    List.of("caravan/gate.1/cmd"),
                    "--will-topic",
                    "caravan/mast/status",
                    "--will-payload",
                    "offline",
                    "--will-retain");
            liar.kill();
            Subscriber truthful = Subscriber.open(
                    broker.url(),
                    GATE,
                    List.of("caravan/gate.1/cmd"),
                    "--will-topic",
                    "caravan/gate.1/status",
                    "--will-payload",
                    "offline");
            truthful.kill();

            assertThat(hub.until("caravan/gate.1/status offline")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void accountsComeAndGoWhileOthersStayConnected(BrokerSettings.Kind kind) {
        List<String> tent = login("tent", "tent-secret");
        Account tentAccount = Account.device("tent", PasswordHash.of("tent-secret"));
        try (EmbeddedBroker broker = started(kind);
                Subscriber hub = Subscriber.open(broker.url(), HUB, List.of("caravan/+/telemetry"));
                Subscriber gate = Subscriber.open(broker.url(), GATE, List.of("caravan/gate.1/cmd"))) {
            assertThat(publish(broker.url(), tent, "caravan/tent/telemetry", "too early")
                            .exit())
                    .isNotZero();

            broker.update(List.of(HUB_ACCOUNT, GATE_ACCOUNT, MAST_ACCOUNT, tentAccount));
            Await.until(
                    "the new account is let in",
                    Duration.ofSeconds(2),
                    () -> publish(broker.url(), tent, "caravan/tent/telemetry", "hello")
                                    .exit()
                            == 0);
            try (Subscriber revoked = Subscriber.open(broker.url(), tent, List.of("caravan/tent/cmd"))) {
                broker.update(List.of(HUB_ACCOUNT, GATE_ACCOUNT, MAST_ACCOUNT));
                revoked.awaitNews("sending CONNECT"); // thrown out, it tries again
            }
            assertThat(publish(broker.url(), tent, "caravan/tent/telemetry", "too late")
                            .exit())
                    .isNotZero();

            publish(broker.url(), GATE, "caravan/gate.1/telemetry", "still here");
            assertThat(hub.until("caravan/gate.1/telemetry still here")).hasSize(2);
            assertThat(hub.connections()).as("connections of the hub").isOne();
            assertThat(gate.connections()).as("connections of the gate").isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void aRestartKeepsWhatWaitsForASleepingDevice(BrokerSettings.Kind kind) {
        int port = Ports.free();
        String[] session = {"-i", "gate.1-radio", "-c", "-x", "86400"};
        List<String> commands = List.of("caravan/gate.1/cmd");
        try (EmbeddedBroker broker = started(kind, port)) {
            Subscriber.open(broker.url(), GATE, commands, session).close();
            publish(broker.url(), HUB, "caravan/gate.1/cmd", "open");
            publish(broker.url(), HUB, "caravan/gate.1/config/set", "{}", "-r");
        }
        try (EmbeddedBroker broker = started(kind, port)) {
            broker.update(List.of(HUB_ACCOUNT, GATE_ACCOUNT));
            Await.until(
                    "the removed account is refused",
                    Duration.ofSeconds(20),
                    () -> publish(broker.url(), login("mast", "mast-secret"), "x", "x")
                                    .exit()
                            != 0);
            publish(broker.url(), HUB, "caravan/gate.1/cmd", "close");
            try (Subscriber gate = Subscriber.open(broker.url(), GATE, commands, session);
                    Subscriber config = Subscriber.open(broker.url(), GATE, List.of("caravan/gate.1/config/set"))) {
                assertThat(gate.next()).isEqualTo("caravan/gate.1/cmd open");
                assertThat(gate.next()).isEqualTo("caravan/gate.1/cmd close");
                assertThat(config.next()).isEqualTo("caravan/gate.1/config/set {}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MOSQUITTO", "IN_PROCESS"})
    void aStrangerCannotFillTheMemory(BrokerSettings.Kind kind) throws IOException {
        byte[] connectOf200Megabytes = {0x10, -1, -1, -1, 0x60, 0, 4, 'M', 'Q', 'T', 'T', 5, 0, 0, 60};
        byte[] upload = "POST / HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n".getBytes(UTF_8);
        try (EmbeddedBroker broker = started(kind)) {
            for (byte[] beginning : List.of(connectOf200Megabytes, upload)) {
                assertThat(bytesTakenAfter(broker.url(), beginning)).isLessThan(20_000_000);
            }
            assertThat(publish(broker.url(), GATE, "caravan/gate.1/status", "online")
                            .exit())
                    .isZero();
        }
    }

    /** How much a broker takes from somebody who has not signed in, before it hangs up; at most 50 MB. */
    private static long bytesTakenAfter(String url, byte[] beginning) throws IOException {
        URI uri = URI.create(url);
        long taken = 0;
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(beginning);
            byte[] megabyte = new byte[1_000_000];
            while (taken < 50_000_000) {
                out.write(megabyte);
                taken += megabyte.length;
            }
        } catch (SocketException hungUp) {
            return taken;
        }
        return taken;
    }

    private EmbeddedBroker started(BrokerSettings.Kind kind) {
        return started(kind, Ports.free());
    }

    private EmbeddedBroker started(BrokerSettings.Kind kind, int port) {
        EmbeddedBroker broker = EmbeddedBroker.choose(
                        new BrokerSettings(kind, "127.0.0.1", port, directory.resolve("broker")), Clock.systemUTC())
                .orElseThrow();
        broker.start(List.of(HUB_ACCOUNT, GATE_ACCOUNT, MAST_ACCOUNT));
        return broker;
    }
}

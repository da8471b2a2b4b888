package org.caravanhub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.broker.EmbeddedBrokerTest.GATE;
import static org.caravanhub.broker.EmbeddedBrokerTest.GATE_ACCOUNT;
import static org.caravanhub.broker.EmbeddedBrokerTest.HUB;
import static org.caravanhub.broker.EmbeddedBrokerTest.HUB_ACCOUNT;
import static org.caravanhub.broker.MqttPrograms.login;
import static org.caravanhub.broker.MqttPrograms.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.MqttPrograms.Subscriber;
import org.caravanhub.settings.PortTaken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosquittoChildTest {
    private static final List<Account> ACCOUNTS = List.of(HUB_ACCOUNT, GATE_ACCOUNT);

    private final Path directory;
    private final int port = Ports.free();

    MosquittoChildTest(@TempDir Path directory) {
        this.directory = directory.resolve("broker");
    }

    @Test
    void aKilledHubLeavesItsBrokerToTheNext() {
        String[] session = {"-i", "gate.1-radio", "-c", "-x", "86400"};
        BrokerProcess killed = BrokerProcess.start(settings());
        long pid = new MosquittoFiles(settings()).pid().orElseThrow();
        Subscriber.open(settings().url(), GATE, List.of("caravan/gate.1/cmd"), session)
                .close();
        killed.kill();
        publish(settings().url(), HUB, "caravan/gate.1/cmd", "sent while no hub ran");

        try (EmbeddedBroker broker = started()) {
            assertThat(broker.describe().pid()).isEqualTo(pid);
            Await.until(
                    "the accounts of the new hub hold",
                    Duration.ofSeconds(2),
                    () -> publish(broker.url(), login("mast", "mast-secret"), "caravan/mast/status", "x")
                                    .exit()
                            != 0);
            try (Subscriber gate = Subscriber.open(broker.url(), GATE, List.of("caravan/gate.1/cmd"), session)) {
                assertThat(gate.next()).isEqualTo("caravan/gate.1/cmd sent while no hub ran");
            }
        }
        assertThat(ProcessHandle.of(pid)).as("after close").isEmpty();
    }

    @Test
    void anotherPortMeansAnotherProcess() {
        BrokerProcess.start(settings()).kill();
        long before = new MosquittoFiles(settings()).pid().orElseThrow();
        BrokerSettings moved = new BrokerSettings(
                BrokerSettings.Kind.MOSQUITTO,
                "127.0.0.1",
                Ports.free(),
                settings().directory());

        try (EmbeddedBroker broker =
                EmbeddedBroker.choose(moved, Clock.systemUTC()).orElseThrow()) {
            broker.start(ACCOUNTS);

            assertThat(ProcessHandle.of(before)).isEmpty();
            assertThat(publish(broker.url(), GATE, "caravan/gate.1/status", "online")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void aDamagedStateFileCostsWhatItHeldNotTheStart() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("mosquitto.db"), "garbage");

        try (EmbeddedBroker broker = started();
                Stream<Path> files = Files.list(directory)) {
            assertThat(broker.state().runningSince()).isPresent();
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("mosquitto.db.damaged-")))
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent("garbage"));
        }
    }

    @Test
    void aTakenPortNamesItsHolderAndTheOption() throws IOException {
        try (ServerSocket holder = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(holder.isBound()).isTrue();
            assertThatThrownBy(this::started)
                    .isInstanceOfSatisfying(PortTaken.class, taken -> {
                        assertThat(taken.port()).isEqualTo(port);
                        assertThat(taken.holder())
                                .contains("(pid " + ProcessHandle.current().pid() + ")");
                    })
                    .hasMessageContaining("--mqtt-port N");
        }
    }

    @Test
    void isStartedAgainWhenItEnds() {
        try (EmbeddedBroker broker = started()) {
            ProcessHandle.of(broker.describe().pid()).orElseThrow().destroyForcibly();

            Await.until(
                    "it runs again",
                    Duration.ofSeconds(10),
                    () -> broker.state().restarts() == 1
                            && broker.state().runningSince().isPresent());
            assertThat(broker.state().lastExit())
                    .hasValueSatisfying(exit -> assertThat(exit).startsWith("killed by signal 9"));
            assertThat(publish(broker.url(), GATE, "caravan/gate.1/status", "online")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void aSaveKeepsTheSessionThroughAKillOfTheBroker() {
        String[] session = {"-i", "caravan-hub-1", "-c", "-x", "86400"};
        List<String> filters = List.of("caravan/+/telemetry");
        try (EmbeddedBroker broker = started()) {
            Subscriber.open(broker.url(), HUB, filters, session).close();
            broker.saveState();
            Await.until(
                    "the state is saved", Duration.ofSeconds(2), () -> Files.exists(directory.resolve("mosquitto.db")));

            ProcessHandle.of(broker.describe().pid()).orElseThrow().destroyForcibly();
            Await.until(
                    "it runs again",
                    Duration.ofSeconds(10),
                    () -> broker.state().restarts() == 1
                            && broker.state().runningSince().isPresent());
            publish(broker.url(), GATE, "caravan/gate.1/telemetry", "kept for the session");

            try (Subscriber hub = Subscriber.open(broker.url(), HUB, filters, session)) {
                assertThat(hub.next()).isEqualTo("caravan/gate.1/telemetry kept for the session");
            }
        }
    }

    @Test
    void itsFilesAreForTheirOwnerAloneAndHoldNoSecret() throws IOException {
        try (EmbeddedBroker broker = started()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).allSatisfy(file -> {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------");
                    assertThat(file).content().doesNotContain("gate-secret", "hub-secret");
                });
            }
            assertThat(Files.readString(
                            Path.of("/proc", String.valueOf(broker.describe().pid()), "cmdline")))
                    .doesNotContain("secret", "$7$");
        }
    }

    @Test
    void portZeroTakesAnyThatIsFree() {
        BrokerSettings any = new BrokerSettings(BrokerSettings.Kind.MOSQUITTO, "127.0.0.1", 0, directory);
        try (EmbeddedBroker broker =
                EmbeddedBroker.choose(any, Clock.systemUTC()).orElseThrow()) {
            broker.start(ACCOUNTS);

            assertThat(publish(broker.url(), GATE, "caravan/gate.1/status", "online")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void aKilledHubFindsWhatCameBeforeItSignedInAgain() {
        HubLogin login = HubLogin.load(directory);
        List<String> hub = login(HubLogin.USER, login.secret());
        String[] session = {"-i", login.clientIdPrefix() + "flow", "-c", "-x", "86400"};
        List<String> filters = List.of("caravan/+/telemetry");
        EmbeddedBroker killed =
                EmbeddedBroker.choose(settings(), Clock.systemUTC()).orElseThrow();
        killed.start(List.of(login.account(), GATE_ACCOUNT));
        Subscriber.open(killed.url(), hub, filters, session).close();

        // What the next hub does, here while the broker of the one before still runs.
        EmbeddedBroker next =
                EmbeddedBroker.choose(settings(), Clock.systemUTC()).orElseThrow();
        try (killed;
                next) {
            next.start(List.of(HubLogin.load(directory).account(), GATE_ACCOUNT, EmbeddedBrokerTest.MAST_ACCOUNT));
            List<String> mast = login("mast", "mast-secret");
            Await.until(
                    "the new accounts hold",
                    Duration.ofSeconds(2),
                    () -> publish(next.url(), mast, "caravan/mast/status", "x").exit() == 0);
            publish(next.url(), GATE, "caravan/gate.1/telemetry", "before the hub is back");

            try (Subscriber back = Subscriber.open(next.url(), hub, filters, session)) {
                assertThat(back.next()).isEqualTo("caravan/gate.1/telemetry before the hub is back");
            }
        }
    }

    private EmbeddedBroker started() {
        EmbeddedBroker broker =
                EmbeddedBroker.choose(settings(), Clock.systemUTC()).orElseThrow();
        broker.start(ACCOUNTS);
        return broker;
    }

    private BrokerSettings settings() {
        return new BrokerSettings(BrokerSettings.Kind.MOSQUITTO, "127.0.0.1", port, directory);
    }
}

package org.caravanhub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.broker.MqttPrograms.login;
import static org.caravanhub.broker.MqttPrograms.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.caravanhub.Await;
import org.caravanhub.access.LoginProof;
import org.caravanhub.bench.Ports;
import org.caravanhub.broker.dynsec.DynamicSecurity;
import org.caravanhub.mqtt.BrokerUrl;
import org.caravanhub.mqtt.Door;
import org.caravanhub.tls.CertificateFolder;
import org.caravanhub.tls.OwnAuthority;
import org.caravanhub.tls.ServerNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With certificates of {@code caravan tls}, the files of {@code config/mosquitto}, and real clients. */
@Timeout(120)
class EncryptedMosquittoTest {
    private static final List<String> GATE = login("gate", "gate-secret");

    private final Path directory;

    EncryptedMosquittoTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whoTrustsTheAuthorityGetsInByTheRightNameAndNobodyElse() throws IOException {
        CertificateFolder ours = new CertificateFolder(directory.resolve("tls"));
        OwnAuthority.make(ours, "van", new ServerNames(List.of("localhost", "van.local")));
        CertificateFolder others = new CertificateFolder(directory.resolve("others"));
        OwnAuthority.make(others, "van", new ServerNames(List.of("localhost")));
        try (TestMosquitto mosquitto =
                        TestMosquitto.production().tls(ours.path()).start();
                DynamicSecurity accounts = new DynamicSecurity(
                        new DynamicSecurity.Settings(
                                door(mosquitto, ours).as(TestMosquitto.CONTROL_USER, TestMosquitto.CONTROL_PASSWORD),
                                "caravan",
                                "hub-secret",
                                directory.resolve("broker"),
                                Map.of()),
                        Clock.systemUTC())) {
            accounts.start();
            accounts.apply(
                    List.of(Account.device("gate", PasswordHash.of("gate-secret"))), Map.of("gate", "gate-secret"));
            DynamicSecurityTest.inStep(accounts);
            assertThat(new LoginProof(door(mosquitto, ours)).of("gate", "gate-secret"))
                    .isEqualTo(new LoginProof.Outcome(true, ""));
            LoginProof.Outcome wrong = new LoginProof(door(mosquitto, others)).of("gate", "gate-secret");
            assertThat(wrong.verified()).isFalse();
            assertThat(wrong.why()).contains("TLS failed");

            String byName = "ssl://localhost:" + mosquitto.tlsPort();
            String byAddress = "ssl://127.0.0.1:" + mosquitto.tlsPort();
            assertThat(exit(byName, ours)).isZero();
            assertThat(exit(byAddress, ours)).as("a name that is not in it").isNotZero();
            assertThat(exit(byName, others)).as("another authority").isNotZero();

            OwnAuthority.renew(ours, new ServerNames(List.of("127.0.0.1")), Instant.now());
            mosquitto.readAgain();
            Await.until("renewed, with another name", Duration.ofSeconds(30), () -> exit(byAddress, ours) == 0);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours.authorityKey())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(ours.authorityHeader()))
                .contains("CARAVAN_CA[] =", "-----END CERTIFICATE-----\\n\";");
        assertThat(ours.certificate(ours.authority()).getBasicConstraints())
                .as("it may sign servers only")
                .isZero();
    }

    @Test
    void theMosquittoBesideTheHubListensWithTlsOnceThereAreCertificates() throws IOException {
        CertificateFolder ours = new CertificateFolder(directory.resolve("tls"));
        assertThat(BrokerSettings.Encrypted.in(ours.path(), 8883)).isEmpty();
        OwnAuthority.make(ours, "van", new ServerNames(List.of("localhost")));
        int port = Ports.free();
        try (EmbeddedBroker broker = EmbeddedBroker.choose(
                        new BrokerSettings(
                                BrokerSettings.Kind.MOSQUITTO,
                                "127.0.0.1",
                                0,
                                directory.resolve("broker"),
                                BrokerSettings.Encrypted.in(ours.path(), port)),
                        Clock.systemUTC())
                .orElseThrow()) {
            broker.start(List.of(Account.device("gate", PasswordHash.of("gate-secret"))));
            assertThat(exit("ssl://localhost:" + port, ours)).isZero();
            assertThat(publish("tcp://localhost:" + port, GATE, "caravan/gate/status", "in clear")
                            .exit())
                    .isNotZero();
        }
    }

    private static int exit(String url, CertificateFolder trusted) {
        return publish(
                        url,
                        GATE,
                        "caravan/gate/status",
                        "x",
                        "--cafile",
                        trusted.authority().toString())
                .exit();
    }

    private static Door door(TestMosquitto mosquitto, CertificateFolder trusted) {
        return new Door(
                BrokerUrl.parse("ssl://localhost:" + mosquitto.tlsPort()),
                null,
                null,
                trusted.authority().toString(),
                "caravan-");
    }
}

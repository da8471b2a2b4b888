package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.mqtt.TestHub.into;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.caravanhub.Await;
import org.caravanhub.broker.TestMosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a CA of our own, made by the JDK's keytool, whose certificate for the broker names {@code localhost} only. */
@Timeout(90)
class MqttTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final Path directory;

    MqttTlsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void theBrokersCertificateIsTrustedByItsCaAndItsName() throws Exception {
        makeCertificates();
        try (TestMosquitto mosquitto = TestMosquitto.open()
                        .with(
                                "cafile " + directory.resolve("ca.pem"),
                                "certfile " + directory.resolve("broker.pem"),
                                "keyfile " + directory.resolve("broker-key.pem"))
                        .start();
                TestHub hub = new TestHub("ssl://localhost:" + mosquitto.port());
                LogLines log = new LogLines()) {
            hub.flow("dead", "direct:dead", exchange -> {});
            hub.mqtt.setTrustCertificates(directory.resolve("ca.pem").toString());
            hub.flow("trusting", "mqtt:t", into(received)).subscribed("trusting");
            hub.camel.createProducerTemplate().sendBody("mqtt:t", "encrypted");
            assertThat(TestHub.take(received, 1)).containsExactly("encrypted");

            hub.flow("other-name", "mqtt:t?brokerUrl=ssl://127.0.0.1:" + mosquitto.port(), into(received));
            Await.until("refused for its name", TestHub.PATIENCE, () -> hub.state("other-name")
                    .reason()
                    .contains("TLS failed"));

            hub.mqtt.setTrustCertificates(null);
            hub.flow("nobody-trusted", "mqtt:t", into(received));
            Await.until("refused for its CA", TestHub.PATIENCE, () -> hub.state("nobody-trusted")
                    .reason()
                    .contains("check that trustCertificates"));
            hub.mqtt.setTrustCertificates("/nowhere/ca.pem");
            hub.flow("no-file", "mqtt:t", into(received));
            Await.until("refused for its file", TestHub.PATIENCE, () -> hub.state("no-file")
                    .reason()
                    .contains("/nowhere/ca.pem"));
            assertThat(log.warnings("flow=other-name")).hasSize(1);
        }
    }

    private void makeCertificates() throws Exception {
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Hut CA", "-ext", "bc:c");
        keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=broker");
        keytool("-certreq", "-alias", "broker", "-file", file("broker.csr"));
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                file("broker.csr"),
                "-outfile",
                file("broker.crt"),
                "-ext",
                "san=dns:localhost");
        keytool("-importcert", "-alias", "broker", "-file", file("broker.crt"), "-noprompt");
        KeyStore store = KeyStore.getInstance(directory.resolve("keys.p12").toFile(), PASSWORD);
        pem("ca.pem", "CERTIFICATE", store.getCertificate("ca").getEncoded());
        pem("broker.pem", "CERTIFICATE", store.getCertificate("broker").getEncoded());
        pem("broker-key.pem", "PRIVATE KEY", store.getKey("broker", PASSWORD).getEncoded());
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void pem(String name, String kind, byte[] content) throws IOException {
        Files.writeString(
                directory.resolve(name),
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(content)
                        + "\n-----END " + kind + "-----\n");
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-keystore", file("keys.p12"), "-storepass", new String(PASSWORD), "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("keytool.log")))
                .isZero();
    }
}

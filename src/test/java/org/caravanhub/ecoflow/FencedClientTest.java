package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the HTTP client does where a hub of years meets names, certificates and peers that are no good. */
class FencedClientTest {
    private static final Duration LONGEST = Duration.ofMillis(800);
    private static final Duration BAR = Duration.ofSeconds(6);

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path shared;

    @Test
    void aNameThatNobodyLooksUpIsNotWaitedFor() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<String> asked = new ArrayList<>();
        SystemDefaultDnsResolver hole = new SystemDefaultDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                asked.add(host);
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.resolve(host);
            }
        };
        long began = System.nanoTime();
        try (CloseableHttpClient client = client(new FencedClient(LONGEST, hole))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> get(client, "http://api-e.example"))
                        .isInstanceOf(UnknownHostException.class)
                        .hasMessageContaining("no name server answers");
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BAR);
        assertThat(asked).hasSize(1); // and goes on
        never.countDown();
    }

    @Test
    void whoTakesTheConnectionAndSaysNothingIsCutOffInTheHandshakeToo() throws Exception {
        try (ServerSocket hole = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                CloseableHttpClient client = client(new FencedClient(LONGEST))) {
            for (String scheme : List.of("http", "https")) {
                long began = System.nanoTime();

                assertThatThrownBy(() -> get(client, scheme + "://127.0.0.1:" + hole.getLocalPort()))
                        .as(scheme)
                        .hasMessage("cut off after 800 ms");
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BAR);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1d, ip:127.0.0.1, trusted, ''",
        "-1d, dns:elsewhere.example, trusted, No subject alternative names matching",
        "-30d, ip:127.0.0.1, trusted, NotAfter",
        "+2d, ip:127.0.0.1, trusted, NotBefore",
        "-1d, ip:127.0.0.1, stranger, unable to find valid certification path"
    })
    void onlyWhoProvesToBeTheHostIsTold(String begin, String name, String signer, String refusal) throws Exception {
        certificates();
        System.setProperty("javax.net.ssl.trustStore", file("trusted").toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        try (FakeEcoFlowCloud cloud = new FakeEcoFlowCloud(showing(begin, name, signer));
                CloseableHttpClient client = client(new FencedClient(Duration.ofSeconds(10)))) {
            if (refusal.isEmpty()) {
                assertThat(get(client, cloud.url())).contains("8513");
            } else {
                assertThatThrownBy(() -> get(client, cloud.url()))
                        .hasStackTraceContaining(refusal)
                        .satisfies(
                                failure -> assertThat(Trouble.ofSilence(failure).what())
                                        .startsWith("what answers does not prove to be EcoFlow"));
                assertThat(cloud.asked).isEmpty();
            }
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    void javaDoesNotRememberAddressesForEver() {
        // Empty is 30 s; -1 would be for ever, and a host that moves would be lost until a restart.
        assertThat(String.valueOf(java.security.Security.getProperty("networkaddress.cache.ttl")))
                .isIn("null", "", "30");
    }

    private static CloseableHttpClient client(FencedClient fence) {
        HttpClientBuilder builder = HttpClientBuilder.create();
        fence.configureHttpClient(builder);
        return builder.build();
    }

    private static String get(CloseableHttpClient client, String url) throws Exception {
        return client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
    }

    /** Two authorities, of which one is trusted, and a request that either may sign; made once. */
    private static void certificates() throws Exception {
        if (Files.exists(file("trusted"))) {
            return;
        }
        for (String name : List.of("trusted", "stranger")) {
            keytool(
                    name,
                    "-genkeypair -keyalg EC -dname CN=" + name + " -ext bc:c=ca:true -startdate -60d -validity 120");
        }
        keytool("cloud", "-genkeypair -keyalg EC -dname CN=cloud");
        keytool("cloud", "-certreq -file " + shared.resolve("cloud.csr"));
    }

    /** Shows a certificate that is good for five days from then on, and signed: an old one that were trusted itself would be taken. */
    private static SSLContext showing(String begin, String name, String signer) throws Exception {
        Path signed = shared.resolve("cloud.der");
        keytool(
                signer,
                "-gencert -infile " + shared.resolve("cloud.csr") + " -outfile " + signed + " -ext san=" + name
                        + " -startdate " + begin + " -validity 5");
        KeyStore keys = KeyStore.getInstance(file("cloud").toFile(), PASSWORD);
        try (var in = Files.newInputStream(signed)) {
            Certificate[] chain = {
                CertificateFactory.getInstance("X.509").generateCertificate(in),
                KeyStore.getInstance(file(signer).toFile(), PASSWORD).getCertificate(signer)
            };
            keys.setKeyEntry("cloud", keys.getKey("cloud", PASSWORD), PASSWORD, chain);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return tls;
    }

    private static Path file(String name) {
        return shared.resolve(name + ".p12");
    }

    private static void keytool(String name, String options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(
                List.of((options + " -alias " + name + " -storetype PKCS12 -storepass changeit -keystore " + file(name))
                        .split(" ")));
        Path said = shared.resolve("keytool.txt");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(said)).isZero();
    }
}

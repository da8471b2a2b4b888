package org.caravanhub.ecoflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
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

    @TempDir
    Path folder;

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
    @CsvSource({"-1d, ip:127.0.0.1, ''", "-1d, dns:elsewhere.example, No subject alternative names matching"})
    void onlyWhoProvesToBeTheHostIsTold(String begin, String name, String refusal) throws Exception {
        Path store = certificate(begin, name);
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        try (FakeEcoFlowCloud cloud = new FakeEcoFlowCloud(showing(store));
                CloseableHttpClient client = client(new FencedClient(Duration.ofSeconds(10)))) {
            if (refusal.isEmpty()) {
                assertThat(get(client, cloud.url())).contains("8513");
            } else {
                assertThatThrownBy(() -> get(client, cloud.url())).hasStackTraceContaining(refusal);
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

    /** Good for five days from then on. */
    private Path certificate(String begin, String name) throws Exception {
        Path store = folder.resolve("cloud.p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        String options = "-genkeypair -alias fake -keyalg EC -dname CN=fake -ext san=" + name + " -startdate " + begin
                + " -validity 5 -storetype PKCS12 -storepass changeit -keystore " + store;
        command.addAll(List.of(options.split(" ")));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return store;
    }

    private static SSLContext showing(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return tls;
    }
}

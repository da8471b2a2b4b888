package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.Release;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images by clients that were not written here, and by one that loses its connection all the time. */
final class FirmwareClientsTest {
    private static final int SIZE = 1_500_000;
    private static final byte[] IMAGE = TestFirmware.image(SIZE, 1);

    @TempDir
    static Path folder;

    private static TestHub hub;
    private static Release release;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
        release = hub.firmware.publish("van-gauge", "1.0.0", IMAGE);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    private static String url(Release of) {
        return "http://127.0.0.1:" + hub.port() + Addresses.path(of.key());
    }

    /** Runs a program in a folder of its own, and answers what is in {@code out} after it. */
    private static byte[] fetched(Path in, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(in.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(List.of(command).toString())
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(in.resolve("log"))).isZero();
        return Files.readAllBytes(in.resolve("out"));
    }

    private static void need(String program) {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        assumeTrue(isThere || System.getenv("CI") != null, program + " is not there");
    }

    @Test
    void curlGetsItAndGoesOnWhereItWas(@TempDir Path in) throws Exception {
        assertThat(fetched(in, "curl", "-sSf", "--compressed", "-o", "out", url(release)))
                .isEqualTo(IMAGE);
        Files.write(in.resolve("out"), Arrays.copyOf(IMAGE, SIZE / 3));
        assertThat(fetched(in, "curl", "-sSf", "-C", "-", "-o", "out", url(release)))
                .isEqualTo(IMAGE);
        assertThat(fetched(in, "curl", "-sSf", "--http1.0", "-o", "out", url(release)))
                .isEqualTo(IMAGE);
    }

    @Test
    void wgetGetsItAndGoesOnWhereItWas(@TempDir Path in) throws Exception {
        need("wget");
        assertThat(fetched(in, "wget", "-q", "-O", "out", url(release))).isEqualTo(IMAGE);
        Path continued = Files.createDirectory(in.resolve("continued"));
        Files.write(continued.resolve("out"), Arrays.copyOf(IMAGE, SIZE / 2));
        assertThat(fetched(continued, "wget", "-q", "-c", "-O", "out", url(release)))
                .isEqualTo(IMAGE);
    }

    @Test
    void ariaGetsItOverFourConnections(@TempDir Path in) throws Exception {
        need("aria2c");
        String sum = "--checksum=sha-256=" + release.artifact().sha256();
        byte[] whole = fetched(
                in,
                "aria2c",
                "--no-conf",
                "-q",
                "-x4",
                "-s4",
                "-k1M",
                "--min-split-size=1M",
                sum,
                "-o",
                "out",
                url(release));
        assertThat(whole).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 25, 50, 99})
    void aDownloadThatIsCutIsWholeInTheEnd(int percent) throws Exception {
        long seed = 20_261_121L * percent;
        for (int round = 0; round < 3; round++) {
            cutOnce(percent, new Random(seed + round), round % 3 == 2);
        }
    }

    /** 100 of 100. */
    @Test
    @Tag("endurance")
    void hundredDownloadsThatAreCutAreWhole() throws Exception {
        Random random = new Random(20_261_121L);
        for (int round = 0; round < 100; round++) {
            cutOnce(List.of(1, 25, 50, 99).get(round % 4), random, round % 3 == 0);
        }
    }

    /**
     * The connection is cut at this percentage, once or again, and the rest is fetched with {@code Range} and {@code If-Range}. Meanwhile,
     * if so, the release is removed and another image is published under its name.
     */
    private static void cutOnce(int percent, Random random, boolean isRepublished) throws Exception {
        byte[] first = TestFirmware.image(400_000 + random.nextInt(200_000), random.nextLong());
        Release begun = hub.firmware.publish("cut", "1.0", first);
        byte[] old = upTo(begun, (int) ((long) first.length * percent / 100));
        byte[] now = first;
        Release there = begun;
        if (isRepublished) {
            hub.firmware.remove(begun);
            now = TestFirmware.image(400_000 + random.nextInt(200_000), random.nextLong());
            there = hub.firmware.publish("cut", "1.0", now);
            assertThat(hub.send(hub.to(Addresses.path(begun.key()))).statusCode())
                    .as("the old address")
                    .isIn(200, 404);
        }
        for (String path : List.of(Addresses.path(there.key()), "/api/firmware/download/1.0?device_model=cut")) {
            byte[] whole = rest(path, '"' + begun.artifact().sha256() + '"', old);
            assertThat(TestFirmware.hash("SHA-256", whole))
                    .as("cut at %d %%, republished %s", percent, isRepublished)
                    .isEqualTo(there.artifact().sha256());
            assertThat(whole).isEqualTo(now);
        }
        hub.firmware.remove(there);
    }

    /** Reads so many bytes of the image and cuts the connection. */
    private static byte[] upTo(Release of, int bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), hub.port())) {
            socket.setSoTimeout(10_000);
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("GET " + Addresses.path(of.key()) + " HTTP/1.1\r\nHost: hub\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            return in.readNBytes(bytes);
        }
    }

    private static byte[] rest(String path, String tag, byte[] there) throws Exception {
        HttpResponse<byte[]> response = hub.client.send(
                hub.to(path)
                        .headers("Range", "bytes=" + there.length + "-", "If-Range", tag)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 200) {
            return response.body();
        }
        assertThat(response.statusCode()).isEqualTo(206);
        byte[] whole = Arrays.copyOf(there, there.length + response.body().length);
        System.arraycopy(response.body(), 0, whole, there.length, response.body().length);
        return whole;
    }

    /** A cache that asks the hub once for each address, and only if it may keep the answer for good. */
    @Test
    void aCacheInFrontAsksOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Map<String, byte[]> kept = new ConcurrentHashMap<>();
        HttpServer cache = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        cache.setExecutor(Executors.newCachedThreadPool());
        cache.createContext("/", exchange -> {
            byte[] body = kept.computeIfAbsent(exchange.getRequestURI().getPath(), path -> origin(path, asked));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        cache.start();
        try {
            String base = "http://127.0.0.1:" + cache.getAddress().getPort() + "/";
            java.net.URI address = java.net.URI.create(new Addresses(base).of(release));
            assertThat(address.getPath()).isEqualTo("/ota/f/" + release.key() + ".bin");
            for (int i = 0; i < 3; i++) {
                assertThat(hub.client
                                .send(
                                        java.net.http.HttpRequest.newBuilder(address)
                                                .build(),
                                        HttpResponse.BodyHandlers.ofByteArray())
                                .body())
                        .isEqualTo(IMAGE);
            }
            assertThat(asked).hasValue(1);
        } finally {
            cache.stop(0);
            ((java.util.concurrent.ExecutorService) cache.getExecutor()).shutdownNow();
        }
    }

    private static byte[] origin(String path, AtomicInteger asked) {
        asked.incrementAndGet();
        try {
            HttpResponse<byte[]> response =
                    hub.client.send(hub.to(path).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("cache-control")).hasValue("public, max-age=31536000, immutable");
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

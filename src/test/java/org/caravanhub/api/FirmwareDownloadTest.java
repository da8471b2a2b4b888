package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.caravanhub.Await;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.UpdateReport;
import org.caravanhub.ota.UpdateReport.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /ota/f/KEY.bin}, with the bytes that clients of firmware send. */
final class FirmwareDownloadTest {
    private static final byte[] IMAGE = TestFirmware.image(300_000, 1);

    @TempDir
    static Path folder;

    private static TestHub hub;
    private static Release release;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder, 1_000, Duration.ofSeconds(5));
        release = hub.firmware.publish("van-gauge", "1.2.3", IMAGE);
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    private static String path(Release of) {
        return "/ota/f/" + of.key() + ".bin";
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return hub.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> get(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = hub.to(path(release));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void everyHeaderThatAClientLooksForIsThere() throws Exception {
        HttpResponse<byte[]> response = get("Accept-Encoding", "gzip");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(IMAGE);
        assertThat(header(response, "content-length")).isEqualTo("300000");
        assertThat(header(response, "content-type")).isEqualTo("application/octet-stream");
        assertThat(header(response, "etag")).isEqualTo('"' + release.artifact().sha256() + '"');
        assertThat(header(response, "last-modified")).isEqualTo("Mon, 01 Jun 2026 12:00:00 GMT");
        assertThat(header(response, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(response, "x-md5"))
                .isEqualTo(TestFirmware.hash("MD5", IMAGE))
                .hasSize(32);
        assertThat(header(response, "x-sha256")).isEqualTo(TestFirmware.hash("SHA-256", IMAGE));
        assertThat(header(response, "x-checksum-sha256")).isEqualTo(TestFirmware.hash("SHA-256", IMAGE));
        assertThat(header(response, "x-version")).isEqualTo("1.2.3");
        assertThat(header(response, "x-firmware-version")).isEqualTo("1.2.3");
        assertThat(header(response, "content-disposition")).isEqualTo("attachment; filename=\"van-gauge_1.2.3.bin\"");
        assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(response, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(response.headers().map()).doesNotContainKeys("transfer-encoding", "content-encoding", "location");
        assertThat(path(release)).hasSizeLessThan(100);
    }

    /** ESP-IDF reads headers into 512 bytes. */
    @Test
    void eachLineIsShort() throws Exception {
        String answer = hub.raw("HEAD " + path(release) + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");

        assertThat(answer.lines()).allMatch(line -> line.length() < 512);
        assertThat(answer).contains("content-length: 300000".replace("content-length", "Content-Length"));
        assertThat(answer).endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0, 299999",
        "bytes=0-65535, 0, 65535",
        "bytes=65536-300000, 65536, 299999",
        "bytes=-1000, 299000, 299999",
        "bytes=299999-, 299999, 299999"
    })
    void aPartIsThatPart(String range, int first, int last) throws Exception {
        HttpResponse<byte[]> response = get("Range", range);

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(header(response, "content-range")).isEqualTo("bytes " + first + "-" + last + "/300000");
        assertThat(header(response, "content-length")).isEqualTo(Integer.toString(last - first + 1));
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(IMAGE, first, last + 1));
    }

    @Test
    void afterTheEndThereIsNothing() throws Exception {
        HttpResponse<byte[]> response = get("Range", "bytes=300000-");

        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "content-range")).isEqualTo("bytes */300000");
        assertThat(header(response, "x-md5")).isEmpty();
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("range_beyond");
    }

    @Test
    void whatIsNoRangeGetsTheWhole() throws Exception {
        String thousand = "bytes=" + String.join(",", Collections.nCopies(1000, "0-9"));
        for (String range : List.of(thousand, "bytes=0-9,10-19", "bytes=100-10", "junk", "bytes=a-")) {
            HttpResponse<byte[]> response = get("Range", range);
            assertThat(response.statusCode()).as(range).isEqualTo(200);
            assertThat(response.body()).isEqualTo(IMAGE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "If-Match          | \"other\"                       | 412",
                "If-Match          | TAG                           | 206",
                "If-None-Match     | TAG                           | 304",
                "If-None-Match     | \"other\"                       | 206",
                "If-Modified-Since | Mon, 01 Jun 2026 12:00:00 GMT | 304",
                "If-Range          | \"other\"                       | 200",
                "If-Range          | TAG                           | 206",
                "If-Range          | Mon, 01 Jun 2026 12:00:00 GMT | 206",
                "If-Range          | Mon, 01 Jun 2026 11:00:00 GMT | 200",
            })
    void aConditionIsKept(String name, String value, int status) throws Exception {
        String tag = '"' + release.artifact().sha256() + '"';
        HttpResponse<byte[]> response = get(name, value.replace("TAG", tag), "Range", "bytes=10-19");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body().length)
                .isEqualTo(
                        switch (status) {
                            case 200 -> 300_000;
                            case 206 -> 10;
                            case 304 -> 0;
                            default -> response.body().length;
                        });
        if (status == 304) {
            assertThat(header(response, "etag")).isEqualTo(tag);
        }
    }

    /** A file leaves in slices; the answer behind it comes behind its last one. */
    @Test
    void twoThatAreAskedForAtOnceComeOneBehindTheOther() throws Exception {
        String get = "GET " + path(release) + " HTTP/1.1\r\nHost: localhost\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write((get + "\r\n" + get + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answers = socket.getInputStream().readAllBytes();
            int first = body(answers, 0);
            int second = body(answers, first + IMAGE.length);
            assertThat(Arrays.copyOfRange(answers, first, first + IMAGE.length)).isEqualTo(IMAGE);
            assertThat(Arrays.copyOfRange(answers, second, answers.length)).isEqualTo(IMAGE);
        }
    }

    private static int body(byte[] answer, int from) {
        return new String(answer, from, 2000, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + from + 4;
    }

    /** As an ESP8266 asks, byte by byte. */
    @Test
    void http10IsAnsweredWithALengthAndAnEnd() throws Exception {
        String request = "GET " + path(release) + " HTTP/1.0\r\nHost: 127.0.0.1:28201\r\n"
                + "User-Agent: ESP8266-http-Update\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), hub.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            String head = new String(answer, 0, 2000, StandardCharsets.ISO_8859_1);
            int body = head.indexOf("\r\n\r\n") + 4;
            String lower = head.substring(0, body).toLowerCase(java.util.Locale.ROOT);
            assertThat(lower)
                    .startsWith("http/1.0 200 ok\r\n")
                    .contains("\r\ncontent-length: 300000\r\n")
                    .contains("\r\nconnection: close\r\n")
                    .doesNotContain("transfer-encoding");
            assertThat(Arrays.copyOfRange(answer, body, answer.length)).isEqualTo(IMAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH"})
    void nothingIsChangedHere(String method) throws Exception {
        HttpResponse<byte[]> response =
                send(hub.to(path(release)).method(method, HttpRequest.BodyPublishers.ofString("x")));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ota/f/../../caravan.db",
                "/ota/f/..%2f..%2fcaravan.db",
                "/ota/f/%252e%252e%252fcaravan.db",
                "/ota/f/..\\caravan.db",
                "/ota/f/%2e%2e/f/KEY.bin",
                "/ota/f//KEY.bin",
                "/ota/f/./KEY.bin",
                "/ota//f/KEY.bin",
                "/ota/f/KEY",
                "/ota/f/KEY.bin/",
                "/ota/f/KEY.bin%00",
                "/ota/f/KEY.bin%0d%0aSet-Cookie:%20a=b",
                "/ota/f/KEY.BIN",
                "/ota/f/KEY.bin;v=1",
                "/ota/f/K%45Y.bin",
                "/ota/f/.bin",
                "/ota/f/%c0%ae%c0%ae.bin",
                "/ota/f/CON",
                "/ota/f/00000000000000000000000000000000.bin",
            })
    void nothingElseIsHandedOut(String path) throws Exception {
        String answer = hub.raw(
                "GET " + path.replace("KEY", release.key()) + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("\nset-cookie:");
    }

    @Test
    void longAndBrokenRequestsAreRefused() throws Exception {
        for (String path : List.of("/ota/f/" + "a".repeat(300) + ".bin", "/ota/f/" + "a".repeat(9000))) {
            assertThat(hub.raw("GET " + path + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n"))
                    .matches("(?s)HTTP/1.. 4.*");
        }
        assertThat(hub.raw("GET /ota/f/\0.bin HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        String huge = "bytes=" + "9".repeat(7000) + "-";
        assertThat(get("Range", huge).statusCode()).isIn(200, 416);
    }

    @Test
    void aReleaseThatWasRemovedIsGone() throws Exception {
        Release old = hub.firmware.publish("van-gauge", "0.9", TestFirmware.image(5000, 9));
        hub.firmware.remove(old);

        assertThat(hub.send(hub.to(path(old))).statusCode()).isEqualTo(404);
        hub.alerts.look();
        assertThat(hub.alerts.open())
                .as("that its file is gone is as it should be")
                .noneMatch(alert -> alert.toString().contains(old.model() + " " + old.version()));
    }

    @Test
    void aFileThatWasChangedOnTheDiskIsNotHandedOut() throws Exception {
        byte[] bytes = TestFirmware.image(70_000, 3);
        Release good = hub.firmware.publish("hut-door", "2.0", bytes);
        assertThat(hub.send(hub.to(path(good))).statusCode()).isEqualTo(200);

        byte[] flipped = bytes.clone();
        flipped[60_000] ^= 1;
        Path file = hub.firmware.file(good);
        Files.write(file, flipped);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        HttpResponse<String> refused = hub.send(hub.to(path(good)));

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("damaged_firmware", "Upload the same file again");
        assertThat(hub.firmware.changed).contains(good);
        hub.alerts.look();
        assertThat(hub.alerts.open()).anyMatch(alert -> alert.toString().contains("Firmware hut-door 2.0 is damaged"));

        Files.write(file, bytes);
        assertThat(hub.send(hub.to(path(good))).statusCode()).isEqualTo(200);
    }

    @Test
    void aFileThatIsGoneIsMissedAndTold() throws Exception {
        Release lost = hub.firmware.publish("hut-lamp", "2.0", TestFirmware.image(7_000, 4));
        Files.delete(hub.firmware.file(lost));

        assertThat(hub.send(hub.to(path(lost))).statusCode()).isEqualTo(404);
        hub.alerts.look();
        assertThat(hub.alerts.open()).anyMatch(alert -> alert.toString().contains("hut-lamp 2.0 has no file"));
        Files.write(hub.firmware.file(lost), TestFirmware.image(7_000, 4));
        assertThat(hub.send(hub.to(path(lost))).statusCode()).isEqualTo(200);
    }

    /** The hub's patience here is one second; a radio in the rain has less than that for each piece of a megabyte. */
    @Test
    void aSlowReaderGetsItAllAndAStalledOneIsLetGo() throws Exception {
        byte[] large = TestFirmware.image(12_000_000, 5);
        Release heavy = hub.firmware.publish("van-camera", "1.0", large);
        try (Socket slow = connect();
                Socket stalled = connect()) {
            for (Socket socket : List.of(slow, stalled)) {
                ask(socket, path(heavy));
            }
            InputStream in = slow.getInputStream();
            long begun = System.nanoTime();
            long read = in.readNBytes(1000).length;
            // Twice as long as the patience lasts, in small pieces, each after a moment.
            while (System.nanoTime() - begun < 3_000_000_000L) {
                read += in.readNBytes(40_000).length;
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
            assertThat(read).isLessThan(large.length);
            read += in.transferTo(java.io.OutputStream.nullOutputStream());
            assertThat(read).isGreaterThan(large.length);

            // What the kernel had taken already arrives; the rest does not.
            assertThat(stalled.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()))
                    .isLessThan(large.length);
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8192);
        socket.setSoTimeout(10_000);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", hub.port()));
        return socket;
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aDeviceThatSignedInIsSeenDownloading() throws Exception {
        String pair = TestHub.DEVICE + ":" + TestHub.DEVICE_PASSWORD;
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        Release seen = hub.firmware.publish("hut-door", "3.0", TestFirmware.image(2_500_000, 6));

        for (String range : List.of("bytes=0-999999", "bytes=1000000-")) {
            assertThat(send(hub.to(path(seen)).headers("Authorization", basic, "Range", range))
                            .statusCode())
                    .isEqualTo(206);
        }

        Await.until("the download is told", Duration.ofSeconds(10), () -> told(seen).stream()
                .anyMatch(report -> report.stage() == Stage.DOWNLOADED));
        assertThat(told(seen)).hasSizeLessThan(8).allMatch(report -> report.device()
                .equals(TestHub.DEVICE));
        assertThat(told(seen).get(0).stage()).isEqualTo(Stage.DOWNLOADING);
        assertThat(told(seen).get(0).percent()).hasValue(0);
    }

    private static List<UpdateReport> told(Release of) {
        return hub.firmware.reports.stream()
                .filter(report -> report.version().equals(of.version()))
                .toList();
    }

    @Test
    void whoDoesNotSignInOrDoesItWronglyGetsItToo() throws Exception {
        String wrong = Base64.getEncoder().encodeToString("hut-door:wrong".getBytes(StandardCharsets.UTF_8));

        assertThat(get("Authorization", "Basic " + wrong).statusCode()).isEqualTo(200);
    }
}

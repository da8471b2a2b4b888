package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.Await;
import org.caravanhub.ota.image.EspImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are too long, never end, or are not what they say: refused in time, and nothing of them is left. */
final class FirmwareLimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HEAD =
            "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";

    @TempDir
    static Path folder;

    private static TestHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder, 1500, Duration.ofSeconds(5));
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @Test
    void whatSaysThatItIsTooLongIsNotReadAtAll() throws Exception {
        String raw = hub.raw(request("PUT /api/v1/firmware/van/1.0", "application/octet-stream")
                + "Expect: 100-continue\r\nContent-Length: 10737418240\r\n\r\n");
        assertThat(raw)
                .startsWith("HTTP/1.1 413 ")
                .contains("Connection: close", "4.0 MB")
                .doesNotContain("100 Continue");

        String form =
                hub.raw(request("POST /api/v1/firmware?model=van&version=1.0", "multipart/form-data; boundary=line")
                        + "Content-Length: 10737418240\r\n\r\n" + HEAD);
        assertThat(form).startsWith("HTTP/1.1 413 ");
        assertThat(left()).isEmpty();
    }

    @Test
    void aBodyWithoutAnEndIsCutAtTheLimit() throws Exception {
        for (String head : List.of(
                request("PUT /api/v1/firmware/van/1.0", "application/octet-stream"),
                request("POST /api/v1/firmware?model=van&version=1.0", "multipart/form-data; boundary=line"))) {
            byte[] block = new byte[64 * 1024];
            long sent = 0;
            try (Socket socket = open(head + "Transfer-Encoding: chunked\r\n\r\n")) {
                OutputStream out = socket.getOutputStream();
                if (head.startsWith("POST")) {
                    chunk(out, HEAD.getBytes(StandardCharsets.US_ASCII));
                }
                while (sent < 1L << 30) {
                    chunk(out, block);
                    sent += block.length;
                }
            } catch (IOException cut) {
                // As it should be.
            }
            assertThat(sent).as("bytes that could be sent").isLessThan(200L << 20);
        }
        Await.until("nothing is left", PATIENCE, () -> left().isEmpty());
        assertThat(stillTakes()).isEqualTo(201);
    }

    @Test
    void theAnswerCanBeReadEvenThoughNotAllWasSent() throws Exception {
        String answer = hub.raw(request("PUT /api/v1/firmware/van/2.0", "application/octet-stream")
                + "Content-Length: 5000000\r\n\r\n" + "x".repeat(5_000_000));
        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertThat(left()).isEmpty();
    }

    @Test
    void aClientThatVanishesLeavesNothing() throws Exception {
        try (Socket socket = open(request("PUT /api/v1/firmware/van/3.0", "application/octet-stream")
                + "Content-Length: 1000000\r\n\r\n" + "x".repeat(200_000))) {
            Await.until("it arrives", PATIENCE, () -> left().size() == 1);
        }
        Await.until("nothing is left", PATIENCE, () -> left().isEmpty());
    }

    @Test
    void aLengthThatIsALieIsToldWhenNothingComesAnyMore() throws Exception {
        String tooLong = hub.raw(request("PUT /api/v1/firmware/van/4.0", "application/octet-stream")
                + "Content-Length: 100000\r\n\r\n" + "x".repeat(50_000));
        assertThat(tooLong).startsWith("HTTP/1.1 400 ").contains("stood still after 50000 bytes");

        String form =
                hub.raw(request("POST /api/v1/firmware?model=van&version=4.0", "multipart/form-data; boundary=line")
                        + "Content-Length: 100000\r\n\r\n" + HEAD + "x".repeat(30_000));
        assertThat(form).startsWith("HTTP/1.1 400 ");

        String body = HEAD + "x".repeat(30_000);
        String noLastLine =
                hub.raw(request("POST /api/v1/firmware?model=van&version=4.0", "multipart/form-data; boundary=line")
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(noLastLine).startsWith("HTTP/1.1 400 ");

        String tooShort = hub.raw(request("PUT /api/v1/firmware/van/4.0", "application/octet-stream")
                + "Content-Length: 5\r\n\r\n" + "x".repeat(5000));
        assertThat(tooShort).startsWith("HTTP/1.1 422 ");

        String nothing = hub.raw(request("PUT /api/v1/firmware/van/4.0", "application/octet-stream")
                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertThat(nothing).startsWith("HTTP/1.1 4");
        assertThat(left()).isEmpty();
    }

    @Test
    void aSlowUploadTakesItsTime() throws Exception {
        byte[] image = EspImages.app(EspImages.ESP32_C3, "slow", "1.0.0", 160_000);
        try (Socket socket = open(request("PUT /api/v1/firmware/slow/1.0.0", "application/octet-stream")
                + "Content-Length: " + image.length + "\r\n\r\n")) {
            OutputStream out = socket.getOutputStream();
            int sent = 0;
            long begun = System.nanoTime();
            while (sent < image.length) {
                int size = Math.min(16_000, image.length - sent);
                out.write(image, sent, size);
                out.flush();
                sent += size;
                int wanted = sent;
                // Waits for the clock: longer than patience in all, and never as long between two blocks.
                Await.until(
                        "some time passes",
                        PATIENCE,
                        () -> System.nanoTime() - begun
                                > Duration.ofMillis(wanted / 50).toNanos());
            }
            byte[] answer = new byte[12];
            assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 201");
        }
    }

    @Test
    void allTogetherHaveABudget() throws Exception {
        int i = 0;
        int status;
        do {
            byte[] image = EspImages.app(EspImages.ESP32_C3, "budget", "1." + i, 3_000_000);
            HttpResponse<String> answer = hub.send(hub.asked("/api/v1/firmware/budget/1." + i++)
                    .header("Content-Type", "application/octet-stream")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(image)));
            status = answer.statusCode();
            if (status == 507) {
                assertThat(answer.body()).contains("no_room", "of 12.0 MB", "caravan.firmware.budget");
            }
        } while (status == 201);
        assertThat(status).isEqualTo(507);
        assertThat(i).isBetween(3, 5);
        for (int version = 0; version < i - 1; version++) {
            hub.send(hub.asked("/api/v1/firmware/budget/1." + version + "?confirm=1." + version)
                    .DELETE());
        }
        assertThat(left()).isEmpty();
    }

    private static int stillTakes() throws Exception {
        return hub.send(hub.asked("/api/v1/firmware/fine/1.0.0")
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(
                                EspImages.app(EspImages.ESP32_C3, "fine", "1.0.0"))))
                .statusCode();
    }

    private static Socket open(String head) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), hub.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void chunk(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write(new byte[] {'\r', '\n'});
    }

    private static String request(String line, String type) {
        return line + " HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer " + hub.token.text() + "\r\nContent-Type: "
                + type + "\r\n";
    }

    /** What is arriving. */
    private static List<String> left() {
        Path images = folder.resolve("firmware");
        if (Files.notExists(images)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(images)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".part"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

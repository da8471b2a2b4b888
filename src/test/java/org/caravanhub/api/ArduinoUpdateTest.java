package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.caravanhub.Await;
import org.caravanhub.ota.Inquiry;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.UpdateReport.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /ota/arduino}, with the headers that the libraries for ESP8266 and ESP32 were seen to send. */
final class ArduinoUpdateTest {
    private static final byte[] IMAGE = TestFirmware.image(40_000, 1);

    /** Captured from the library itself. */
    private static final Map<String, String> ESP8266 = Map.of(
            "User-Agent", "ESP8266-http-Update",
            "x-ESP8266-Chip-ID", "15602487",
            "x-ESP8266-STA-MAC", "DE:BA:7A:B1:E0:42",
            "x-ESP8266-AP-MAC", "DE:BA:7A:B1:E0:42",
            "x-ESP8266-free-space", "4194304",
            "x-ESP8266-sketch-size", "400000",
            "x-ESP8266-sketch-md5", "00000000000000000000000000000000",
            "x-ESP8266-chip-size", "4194304",
            "x-ESP8266-mode", "sketch",
            "x-ESP8266-version", "1.0.0");

    private static final Map<String, String> ESP32 = Map.of(
            "User-Agent", "ESP32-http-Update",
            "Cache-Control", "no-cache",
            "x-ESP32-STA-MAC", "24:6F:28:20:E9:A0",
            "x-ESP32-AP-MAC", "24:6F:28:20:E9:A1",
            "x-ESP32-free-space", "1310720",
            "x-ESP32-sketch-size", "400000",
            "x-ESP32-sketch-md5", "d41d8cd98f00b204e9800998ecf8427e",
            "x-ESP32-sketch-sha256", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
            "x-ESP32-chip-size", "4194304",
            "x-ESP32-mode", "sketch");

    @TempDir
    static Path folder;

    private static TestHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
        for (String device : new String[] {"ESP32-2820E9A0", "kitchen"}) {
            hub.send(hub.asked("/api/v1/devices")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + device + "\"}")));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    private static HttpResponse<byte[]> ask(String path, Map<String, String> headers, String... others)
            throws Exception {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        for (int i = 0; i < others.length; i += 2) {
            all.put(others[i], others[i + 1]);
        }
        HttpRequest.Builder request = hub.to(path);
        all.forEach(request::header);
        return hub.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Inquiry last() {
        return hub.firmware.inquiries.get(hub.firmware.inquiries.size() - 1);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void anEsp8266GetsWhatItIsOffered() throws Exception {
        Release release = hub.firmware.publish("gauge", "1.1.0", IMAGE, "esp8266");
        hub.firmware.offered.put("DEBA7AB1E042", release);

        HttpResponse<byte[]> response = ask("/ota/arduino", ESP8266);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(IMAGE);
        assertThat(header(response, "x-md5")).isEqualTo(release.artifact().md5());
        assertThat(header(response, "content-length")).isEqualTo("40000");
        assertThat(header(response, "cache-control")).isEqualTo("private, no-cache");
        assertThat(last().version()).isEqualTo("1.0.0");
        assertThat(last().mac()).isEqualTo("DEBA7AB1E042");
        // Zeros are no digest.
        assertThat(last().digests()).isEmpty();
        Await.until("it is seen downloading", Duration.ofSeconds(5), () -> hub.firmware.reports.stream()
                .anyMatch(report -> report.device().equals("DEBA7AB1E042") && report.stage() == Stage.DOWNLOADED));
    }

    @Test
    void anEsp32IsKnownByTheEndOfItsMac() throws Exception {
        hub.firmware.offered.put("ESP32-2820E9A0", hub.firmware.publish("relay", "2.0", IMAGE));

        HttpResponse<byte[]> response = ask("/ota/update", ESP32);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(last().device()).isEqualTo("ESP32-2820E9A0");
        assertThat(last().digests())
                .containsExactlyInAnyOrder(
                        "d41d8cd98f00b204e9800998ecf8427e",
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void namesOfHeadersMayBeInAnyCase() throws Exception {
        Map<String, String> shouting = new TreeMap<>();
        ESP32.forEach((name, value) -> shouting.put(name.toUpperCase(Locale.ROOT), value));

        assertThat(ask("/ota/arduino?device=kitchen&model=lamp", shouting).statusCode())
                .isEqualTo(304);
        assertThat(last().device()).isEqualTo("kitchen");
        assertThat(last().model()).isEqualTo("lamp");
        assertThat(last().mac()).isEqualTo("246F2820E9A0");
    }

    @Test
    void whoSignsInIsWhoAsks() throws Exception {
        String pair = TestHub.DEVICE + ":" + TestHub.DEVICE_PASSWORD;
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

        ask("/ota/arduino?device=kitchen", ESP32, "Authorization", basic);

        assertThat(last().device()).isEqualTo(TestHub.DEVICE);
    }

    @Test
    void nothingNewIs304WithTheReason() throws Exception {
        HttpResponse<byte[]> response = ask("/ota/arduino?device=nobody", ESP8266);

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "x-reason")).isEqualTo("Nothing is being rolled out.");
    }

    @Test
    void theRunningImageIsRecognised() throws Exception {
        Release release = hub.firmware.publish("lamp", "5.0", IMAGE);
        hub.firmware.offered.put("lamp-1", release);

        HttpResponse<byte[]> byMd5 = ask(
                "/ota/arduino?device=lamp-1",
                ESP32,
                "x-ESP32-sketch-md5",
                release.artifact().md5());
        HttpResponse<byte[]> byEnd = ask(
                "/ota/arduino?device=lamp-1",
                ESP32,
                "x-ESP32-sketch-sha256",
                release.artifact().appendedSha256().toUpperCase(Locale.ROOT));

        assertThat(byMd5.statusCode()).isEqualTo(304);
        assertThat(byEnd.statusCode()).isEqualTo(304);
        assertThat(hub.firmware.seen).contains("lamp-1 5.0");
    }

    @Test
    void aCompressedImageIsNotRecognisedAndNotForAnEsp32() throws Exception {
        Release release = hub.firmware.publish("plug", "1.0", IMAGE, "gzip");
        hub.firmware.offered.put("plug-1", release);

        assertThat(ask(
                                "/ota/arduino?device=plug-1",
                                ESP8266,
                                "x-ESP8266-sketch-md5",
                                release.artifact().md5())
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> refused = ask("/ota/arduino?device=plug-1", ESP32);
        assertThat(refused.statusCode()).isEqualTo(304);
        assertThat(header(refused, "x-reason")).contains("gzip");
    }

    @Test
    void whatDoesNotFitIsNotSentAndTold() throws Exception {
        Release release = hub.firmware.publish("clock", "9.0", IMAGE, "esp8266");
        hub.firmware.offered.put("clock-1", release);

        HttpResponse<byte[]> response = ask("/ota/arduino?device=clock-1", ESP8266, "x-ESP8266-free-space", "39999");

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(header(response, "x-reason"))
                .isEqualTo("clock 9.0 has 40000 bytes, and the device has room for 39999.");
        Await.until("it is told", Duration.ofSeconds(5), () -> hub.firmware.reports.stream()
                .anyMatch(report -> report.device().equals("clock-1")
                        && report.stage() == Stage.PENDING
                        && report.message().contains("room for 39999")));
    }

    @Test
    void theVersionAloneIsTold() throws Exception {
        hub.firmware.offered.put("gauge-2", hub.firmware.publish("gauge", "7.7", IMAGE, "esp8266"));

        HttpResponse<byte[]> offered = ask("/ota/arduino?device=gauge-2", ESP8266, "x-ESP8266-mode", "version");
        HttpResponse<byte[]> none = ask("/ota/arduino?device=nobody", ESP8266, "x-ESP8266-mode", "version");

        assertThat(offered.statusCode()).isEqualTo(200);
        assertThat(header(offered, "x-version")).isEqualTo("7.7");
        assertThat(offered.body()).isEmpty();
        assertThat(none.statusCode()).isEqualTo(200);
        assertThat(header(none, "x-version")).isEqualTo("1.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spiffs", "littlefs", "fatfs", "flashfs"})
    void thereAreNoFileSystems(String mode) throws Exception {
        HttpResponse<byte[]> response = ask("/ota/arduino", ESP32, "x-ESP32-mode", mode);

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(header(response, "x-reason")).contains("none of file systems");
    }

    @Test
    void aBrowserIsTurnedAway() throws Exception {
        assertThat(ask("/ota/arduino", Map.of("User-Agent", "curl/8")).statusCode())
                .isEqualTo(403);
        assertThat(ask("/ota/arduino", Map.of("x-ESP32-STA-MAC", "../../etc")).statusCode())
                .isEqualTo(403);
    }
}

package org.caravanhub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.ota.image.EspImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten images of 16 MB at once, to a hub whose heap is smaller than all of them. */
class FirmwareUploadsTest {
    private static final long MB = 1024 * 1024;
    private static final int AT_ONCE = 10;

    @TempDir
    Path data;

    @Test
    void tenLargeUploadsAtOnceCostNoMoreThanTheirBuffers() throws Exception {
        byte[] image = EspImages.app(EspImages.ESP32_S3, "large", "1.0.0", (int) (16 * MB - 4096));
        try (TestMosquitto broker = TestMosquitto.open();
                HubProcess hub =
                        HubProcess.start(data, Map.of("CARAVAN_MQTT_URL", broker.url(), HubProcess.HEAP, "128m"))) {
            String token = Files.readString(data.resolve("admin.token")).strip();
            HttpClient client = HttpClient.newHttpClient();
            upload(client, hub, token, "0", image).join();
            long before = hub.residentBytes();

            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 1; i <= AT_ONCE; i++) {
                answers.add(upload(client, hub, token, Integer.toString(i), image));
            }
            long most = before;
            while (!answers.stream().allMatch(CompletableFuture::isDone)) {
                most = Math.max(most, hub.residentBytes());
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }

            assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode())
                    .as(answer.join().body())
                    .isEqualTo(201));
            System.out.println("uploads=" + AT_ONCE + " rss_before_mb=" + before / MB + " rss_most_mb=" + most / MB);
            assertThat((most - before) / MB).as("megabytes more than before").isLessThan(64);
            try (Stream<Path> files = Files.list(data.resolve("firmware"))) {
                assertThat(files).hasSize(1);
            }
        }
    }

    private static CompletableFuture<HttpResponse<String>> upload(
            HttpClient client, HubProcess hub, String token, String version, byte[] image) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(hub.url() + "/api/v1/firmware/large/" + version))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/octet-stream")
                        .timeout(Duration.ofMinutes(2))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(image))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}

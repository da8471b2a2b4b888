package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.caravanhub.bundle.BundleFile;
import org.caravanhub.bundle.Member;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleApiTest {
    @TempDir
    Path folder;

    @Test
    void theHubTellsOfItselfAndNotWhatDevicesSaid() throws Exception {
        try (TestHub hub = new TestHub(folder)) {
            byte[] payload = "Zpayload".getBytes(StandardCharsets.UTF_8);
            hub.keep(new Malformed(
                    Message.of("caravan/van/telemetry", payload, Instant.now()),
                    "van",
                    Malformed.Cause.NOT_JSON,
                    "not JSON: \"Zpayload\" at byte 1"));
            hub.send(hub.asked("/api/v1/devices")
                    .header("Content-Type", "application/json")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                            "{\"id\":\"van\",\"notes\":\"Znotes of the owner\"}")));

            HttpResponse<InputStream> answer =
                    hub.client.send(hub.asked("/api/v1/bundle").build(), HttpResponse.BodyHandlers.ofInputStream());
            Map<String, String> texts = BundleFile.read(answer.body()).stream()
                    .collect(Collectors.toMap(
                            Member::name, member -> new String(member.bytes(), StandardCharsets.UTF_8)));

            assertThat(answer.headers().firstValue("content-disposition").orElse(""))
                    .matches("attachment; filename=\"caravan-bundle-test-[0-9TZ]+\\.tar\\.gz\"");
            assertThat(texts.get("hub/quarantine.json")).contains("\"count\":1", "not JSON: \\\"…\\\" at byte 1");
            assertThat(texts.get("hub/devices.json")).contains("\"id\":\"van\"");
            assertThat(texts.get("hub/audit.json")).contains("provision-device", "device/van");
            assertThat(texts.get("hub/database.txt")).contains("schema ", "registration 1");
            assertThat(texts.get("hub/metrics.txt")).contains("caravan_");
            assertThat(texts.values()).noneMatch(text -> text.contains("Zpayload") || text.contains("Znotes"));
            assertThat(texts.values()).noneMatch(text -> text.startsWith("Not to be had"));
            assertThat(hub.get("/api/v1/bundle/contents").body()).contains("hub/health.json");

            // A device has no business with it.
            String pair = TestHub.DEVICE + ":" + TestHub.DEVICE_PASSWORD;
            String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            for (String path : List.of("/api/v1/bundle", "/api/v1/bundle/contents")) {
                assertThat(hub.send(hub.to(path).header("Authorization", basic).GET())
                                .statusCode())
                        .isIn(401, 403);
            }
        }
    }
}

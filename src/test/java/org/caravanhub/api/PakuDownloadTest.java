package org.caravanhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.caravanhub.ota.Release;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/firmware/download/VERSION}, as paku's devices ask, without the way to another model's firmware. */
final class PakuDownloadTest {
    private static final String BEHIND_CADDY = "/ota/api/firmware/download/";
    private static final String PLAIN = "/api/firmware/download/";

    private static final byte[] HEATER = TestFirmware.image(20_000, 1);
    private static final byte[] TANK = TestFirmware.image(21_000, 2);

    @TempDir
    static Path folder;

    private static TestHub hub;
    private static String password;

    @BeforeAll
    static void start() throws Exception {
        hub = new TestHub(folder);
        hub.firmware.publish("heater", "1.0.0", HEATER);
        hub.firmware.publish("tank", "1.0.0", TANK);
        hub.firmware.publish("tank", "a1b2c3d-20251208-153045", TANK);
        HttpResponse<String> made = hub.send(hub.asked("/api/v1/devices")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + TestHub.DEVICE + "\",\"model\":\"tank\"}")));
        password = new ObjectMapper().readTree(made.body()).get("password").asText();
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = hub.to(path);
        return hub.client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String detail(HttpResponse<byte[]> response) throws Exception {
        return new ObjectMapper().readTree(response.body()).path("detail").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, BEHIND_CADDY})
    void aModelGetsItsOwn(String door) throws Exception {
        HttpResponse<byte[]> heater = get(door + "1.0.0?device_model=heater");
        HttpResponse<byte[]> tank = get(door + "1.0.0?device_model=tank&extra=1");

        assertThat(heater.body()).isEqualTo(HEATER);
        assertThat(tank.body()).isEqualTo(TANK);
        assertThat(tank.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"tank_1.0.0.bin\"");
        assertThat(tank.headers().firstValue("x-firmware-version")).hasValue("1.0.0");
        assertThat(tank.headers().firstValue("x-checksum-sha256")).hasValue(TestFirmware.hash("SHA-256", TANK));
        // Another file may be here tomorrow.
        assertThat(tank.headers().firstValue("cache-control")).hasValue("private, no-cache");
    }

    @Test
    void whereTwoModelsHaveTheVersionNobodyGetsTheWrongOne() throws Exception {
        HttpResponse<byte[]> response = get(PLAIN + "1.0.0");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(detail(response)).contains("heater, tank", "?device_model=");
    }

    @Test
    void theRegistryKnowsTheModelOfWhoSignsIn() throws Exception {
        String pair = TestHub.DEVICE + ":" + password;
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

        assertThat(get(PLAIN + "1.0.0", "Authorization", basic).body()).isEqualTo(TANK);
    }

    @Test
    void aVersionOfOneModelNeedsNoModel() throws Exception {
        assertThat(get(PLAIN + "a1b2c3d-20251208-153045").body()).isEqualTo(TANK);
        assertThat(get(PLAIN + "a1b2c3d-20251208-153045?device_model=").body()).isEqualTo(TANK);
    }

    @Test
    void headAndRangesWorkHereToo() throws Exception {
        HttpRequest.Builder head =
                hub.to(PLAIN + "1.0.0?device_model=heater").method("HEAD", HttpRequest.BodyPublishers.noBody());

        assertThat(hub.client
                        .send(head.build(), HttpResponse.BodyHandlers.ofByteArray())
                        .headers()
                        .firstValue("content-length"))
                .hasValue("20000");
        assertThat(get(PLAIN + "1.0.0?device_model=heater", "Range", "bytes=19990-")
                        .body())
                .hasSize(10);
    }

    @Test
    void whatIsNotThereIsSaidInPakusWords() throws Exception {
        Release lost = hub.firmware.publish("lamp", "3.0", TestFirmware.image(2_000, 3));
        Files.delete(hub.firmware.file(lost));

        for (String path : new String[] {"9.9.9", "1.0.0?device_model=lamp", "..%2f..%2fetc", "1.0.0%00"}) {
            HttpResponse<byte[]> unknown = get(PLAIN + path);
            assertThat(unknown.statusCode()).as(path).isEqualTo(404);
            assertThat(detail(unknown)).isEqualTo("Firmware version not found");
        }
        HttpResponse<byte[]> gone = get(PLAIN + "3.0");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(detail(gone)).isEqualTo("Firmware file not found");
    }
}

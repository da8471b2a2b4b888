package org.caravanhub.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoDevicesTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z");
    private static final DailyCurve DAY = new DailyCurve(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void oneMessageInFortyOfTheVanClimateIsMalformedTheFirstWithinTenSeconds() {
        List<String> said = listen(new VanClimate(DAY, new Random(1)), MIDNIGHT, 400);

        assertThat(said).hasSize(400);
        assertThat(said.stream().filter(payload -> !isJson(payload))).hasSize(10);
        assertThat(said.subList(0, 10)).anyMatch(payload -> !isJson(payload));
    }

    @Test
    void theVanIsWarmerInTheAfternoonThanAtNight() throws IOException {
        double night = temperature(new VanClimate(DAY, new Random(1)).speak(MIDNIGHT.plusSeconds(3 * 3600)));
        double afternoon = temperature(new VanClimate(DAY, new Random(1)).speak(MIDNIGHT.plusSeconds(15 * 3600)));

        assertThat(night).isBetween(12.0, 14.0);
        assertThat(afternoon).isBetween(24.0, 26.0);
    }

    @Test
    void theWaterTankIsSilentForTwoMinutesAndThenTellsEverything() throws IOException {
        List<String> said = listen(new WaterTank(new Random(1)), MIDNIGHT, 125);

        JsonNode afterSilence = JSON.readTree(said.get(96));
        assertThat(afterSilence.isArray()).isTrue();
        assertThat(afterSilence).hasSize(25);
        assertThat(afterSilence.get(0).get("time").asText()).isEqualTo("2026-06-01T00:08:00Z");
    }

    @Test
    void thePowerStationNeverHoldsMoreOrLessThanItCan() throws IOException {
        for (String payload : listen(new PowerStation(DAY, new Random(1)), MIDNIGHT, 86_400)) {
            assertThat(JSON.readTree(payload).at("/metrics/soc_percent").asDouble())
                    .isBetween(5.0, 100.0);
        }
    }

    @Test
    void theSameSeedSaysTheSame() {
        assertThat(listen(new PowerStation(DAY, new Random(7)), MIDNIGHT, 50))
                .isEqualTo(listen(new PowerStation(DAY, new Random(7)), MIDNIGHT, 50));
    }

    @Test
    void everyDeviceHasACredentialThatIsNotShown() {
        Demo demo = new Demo(Clock.systemUTC(), 1, Path.of("nowhere"));

        assertThat(demo.credentials())
                .extracting(Credential::device)
                .containsExactlyInAnyOrder("demo-van-climate", "demo-water-tank", "demo-ecoflow");
        assertThat(demo.credentials())
                .allSatisfy(credential -> assertThat(credential.toString()).doesNotContain(credential.password()));
    }

    /** Everything the device says at its next moments. */
    private static List<String> listen(EmulatedDevice device, Instant from, int moments) {
        List<String> said = new ArrayList<>();
        Stream.iterate(from, now -> now.plus(device.period()))
                .limit(moments)
                .forEach(now -> said.addAll(device.speak(now)));
        return said;
    }

    private static double temperature(List<String> said) throws IOException {
        return JSON.readTree(said.get(0)).at("/metrics/temperature_c").asDouble();
    }

    private static boolean isJson(String payload) {
        try {
            JSON.readTree(payload);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

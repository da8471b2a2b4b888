package org.caravanhub.ota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hash is paku's: who moves from there has the same canaries. */
final class CanaryTest {
    @ParameterizedTest
    @CsvSource({
        "device1, 60",
        "device123, 16",
        "device456, 8",
        "ESP32-20E955A0, 25",
        "ESP32-27C136B8, 71",
        "esp32_001, 69",
        "esp32_002, 12",
        "esp32_003, 90",
        "test_device, 72",
        "d-é, 31"
    })
    void aDeviceIsWhereItWas(String device, int bucket) {
        assertThat(Canary.bucket(device)).isEqualTo(bucket);
    }

    @Test
    void halfOfAThousandAre470() {
        assertThat(IntStream.range(0, 1000)
                        .filter(i -> Canary.isIn("device" + i, 50))
                        .count())
                .isEqualTo(470);
    }

    @Test
    void nobodyIsInNothingAndEverybodyInAll() {
        for (int i = 0; i < 1000; i++) {
            assertThat(Canary.isIn("device" + i, 0)).isFalse();
            assertThat(Canary.isIn("device" + i, 100)).isTrue();
        }
    }

    @Test
    void whoIsInAFewIsInMore() {
        for (int i = 0; i < 200; i++) {
            int bucket = Canary.bucket("d" + i);
            assertThat(Canary.isIn("d" + i, bucket)).isFalse();
            assertThat(Canary.isIn("d" + i, bucket + 1)).isTrue();
        }
    }
}

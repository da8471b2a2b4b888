package org.caravanhub.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.caravanhub.live.LiveReading;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AirTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"20,50,9.26,8.64", "25,60,16.7,13.8", "0,100,0,4.85", "-10,80,-12.79,1.89"})
    void dewPointAndWaterAreThoseOfTheTables(double celsius, double percent, double dewPoint, double grams) {
        assertThat(Air.dewPoint(celsius, percent)).isCloseTo(dewPoint, within(0.05));
        assertThat(Air.absoluteHumidity(celsius, percent)).isCloseTo(grams, within(0.05));
    }

    @Test
    void whatIsDerivedIsAnotherVoiceOfTheSameDeviceAtTheSameMoment() {
        Reading derived = derive("{\"temperature_c\":20,\"humidity_percent\":50,\"pressure_hpa\":1013}")
                .get(0);

        assertThat(derived.source()).isEqualTo(new Source("hut", "paku", "", "", "air", "", ""));
        assertThat(derived.measuredAt()).isEqualTo(NOON);
        assertThat(derived.metrics()).hasToString("{\"dew_point_c\":9.26,\"absolute_humidity_g_m3\":8.64}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"temperature_c\":20}",
                "{\"temperature_c\":\"n/a\",\"humidity_percent\":50}",
                "{\"temperature_c\":20,\"humidity_percent\":0}",
                "{\"temperature_c\":20,\"humidity_percent\":163.8}"
            })
    void ofWhatCannotBeNothingIsDerived(String metrics) {
        assertThat(derive(metrics)).isEmpty();
    }

    private static List<Reading> derive(String metrics) {
        byte[] json = metrics.getBytes(StandardCharsets.UTF_8);
        return new Air()
                .derive(LiveReading.of(new Reading(Source.of("hut", "paku"), NOON, NOON, Metrics.ofChecked(json), 0)));
    }
}

package org.caravanhub.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OtherDecodersTest {
    @Test
    void pakusFirstTagsAreKnownByTheirSensorAndStandWhereTheTopicSays() {
        Reading reading = (Reading) first(new PakuRuuviDecoder(), "paku/ruuvi/van_inside", """
                {"sensor_id":"ruuvi_2_Paku","temperature_c":21.4,"mac":"E5:3A","battery_mv":2912,"timestamp":"2025-12-01T20:00:00Z"}""");

        assertThat(reading.source())
                .isEqualTo(new Source("ruuvi_2_Paku", "paku", "paku", "sensors", "", "van_inside", "E5:3A"));
        assertThat(reading.metrics()).hasToString("{\"temperature_c\":21.4,\"battery_mv\":2912}");
    }

    @Test
    void withoutASensorTheLocationIsTheDeviceEvenAfterOneThatHadASensor() {
        PakuRuuviDecoder decoder = new PakuRuuviDecoder();
        first(decoder, "paku/ruuvi/van_inside", "{\"sensor_id\":\"tag-1\",\"temperature_c\":21.4}");

        Reading reading = (Reading) first(decoder, "paku/ruuvi/van_inside", "{\"temperature_c\":21.4}");

        assertThat(reading.source().device()).isEqualTo("van_inside");
    }

    static Stream<List<String>> units() {
        return Documented.tableRows(Documented.PAGES.resolve("alona.md")).stream()
                .dropWhile(cells -> !cells.get(0).equals("unit"))
                .skip(1)
                .takeWhile(cells -> !cells.get(0).equals("message"));
    }

    @ParameterizedTest
    @MethodSource("units")
    void aUnitBecomesTheEndOfTheMetricsName(List<String> cells) {
        for (String unit : Documented.unquote(cells.get(1)).split(" ")) {
            String payload = "{\"v\":1,\"ts\":1764619200,\"value\":21.40,\"unit\":\"" + unit + "\"}";
            Reading reading = (Reading) first(new AlonaTelemetryDecoder(), "alona/n/telemetry/x", payload);

            assertThat(reading.metrics()).hasToString("{\"" + Documented.unquote(cells.get(2)) + "\":21.40}");
        }
    }

    @Test
    void aUnitWithQuotesStaysValidJson() {
        Reading reading = (Reading) first(
                new AlonaTelemetryDecoder(),
                "alona/n/telemetry/x",
                "{\"v\":1,\"ts\":1764619200,\"value\":1,\"unit\":\"a\\\"b\\\\\"}");

        assertThat(reading.source()).isEqualTo(new Source("n", "alona", "", "", "x", "", ""));
        assertThat(reading.metrics()).hasToString("{\"x_a\\\"b\\\\\":1}");
    }

    @Test
    void bufferedReadingsKeepTheirOwnTimesAndABadOneIsSetAsideAlone() {
        List<Outcome> outcomes = new CaravanTelemetryDecoder().decodeOne(message("caravan/hut-1/telemetry", """
                [{"time":1764619140,"temperature_c":21.3},
                 {"time":"soon","temperature_c":21.4},
                 {"temperature_c":21.5,"time":1764619200,"humidity_percent":43}]"""));

        assertThat(((Reading) outcomes.get(0)).measuredAt()).isEqualTo(Instant.parse("2025-12-01T19:59:00Z"));
        Malformed bad = (Malformed) outcomes.get(1);
        assertThat(bad.message().payload()).asString(UTF_8).isEqualTo("{\"time\":\"soon\",\"temperature_c\":21.4}");
        assertThat(bad.reason())
                .startsWith(
                        "element 2 of the array, from byte 45 on, at byte 9: found the text \"soon\"; expected a time");
        assertThat(((Reading) outcomes.get(2)).metrics())
                .hasToString("{\"temperature_c\":21.5,\"humidity_percent\":43}");
    }

    @Test
    void anArrayOfManyReadingsIsReadToItsLimitAndTheRestIsSetAside() {
        String array = "[" + "{},".repeat(5000) + "{}]";

        List<Outcome> outcomes = new CaravanTelemetryDecoder().decodeOne(message("caravan/hut-1/telemetry", array));

        assertThat(outcomes).hasSize(ReadingsDecoder.MAX_ELEMENTS + 1);
        assertThat(((Malformed) outcomes.get(ReadingsDecoder.MAX_ELEMENTS)).cause())
                .isEqualTo(Malformed.Cause.TOO_LARGE);
    }

    @Test
    void whatComesByHttpIsTheSameReadingAsByMqtt() {
        String payload = "{\"time\":1764619200,\"temperature_c\":21.4}";

        assertThat(first(new HttpIngestDecoder(), "http/ingest/hut-1", payload))
                .isEqualTo(first(new CaravanTelemetryDecoder(), "caravan/hut-1/telemetry", payload));
    }

    @ParameterizedTest
    @CsvSource({
        "paku/sensors/ruuvi_1/Data, {site}/{system}/{device}/data",
        "Paku/Ruuvi/van_inside, paku/ruuvi/{location}",
        "alona/node-001/telemetri/temperature, alona/{node}/telemetry/{sensor}",
        "alona/node-001/telemetry, alona/{node}/telemetry/{sensor}",
        "caravan/hut-1/telemetri, caravan/{device}/telemetry",
        "Caravan/hut-1/telemetry/, caravan/{device}/telemetry",
    })
    void aMessageNobodyAskedForIsSetAsideWithTheTopicThatWasPerhapsMeant(String topic, String nearest) {
        Malformed malformed = (Malformed) first(new UnknownTopicDecoder(), topic, "21.4");

        assertThat(malformed.cause()).isEqualTo(Malformed.Cause.UNKNOWN_TOPIC);
        assertThat(malformed.reason()).contains("\"" + topic + "\"").endsWith("the nearest known shape is " + nearest);
    }

    private static Outcome first(Decoder decoder, String topic, String payload) {
        return decoder.decodeOne(message(topic, payload)).get(0);
    }

    private static Message message(String topic, String payload) {
        return Message.of(topic, payload.getBytes(UTF_8), Documented.RECEIVED);
    }
}

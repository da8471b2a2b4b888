package org.caravanhub.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.caravanhub.message.Message;
import org.junit.jupiter.api.Test;

class PakuDataDecoderTest {
    private static final String TOPIC = "paku/sensors/ruuvi_2_Paku/data";
    private final PakuDataDecoder decoder = new PakuDataDecoder();

    @Test
    void aRuuviTagsReadingKeepsItsNumbersDigitForDigit() {
        Reading reading = (Reading) decode(TOPIC, captured("ruuvi.json"));

        assertThat(reading.source())
                .isEqualTo(
                        new Source("ruuvi_2_Paku", "paku", "paku", "sensors", "", "van_inside", "E5:3A:8C:01:02:03"));
        assertThat(reading.measuredAt()).isEqualTo(Instant.parse("2025-12-01T20:00:00Z"));
        assertThat(reading.metrics())
                .hasToString("{\"temperature_c\": 21.4, \"humidity_percent\": 43.2, \"pressure_hpa\": 1003.2,"
                        + " \"acceleration_x_mg\": 12, \"acceleration_y_mg\": -7, \"acceleration_z_mg\": 1012,"
                        + " \"acceleration_total_mg\": 1013, \"tx_power_dbm\": 4, \"movement_counter\": 88,"
                        + " \"measurement_sequence\": 20153, \"battery_mv\": 2912}");
    }

    @Test
    void theTopicSaysWhoseItIsWhateverThePayloadSays() {
        Reading reading = (Reading) decode(TOPIC, captured("device-other.json"));

        assertThat(reading.source().device()).isEqualTo("ruuvi_2_Paku");
    }

    @Test
    void aLocationThatIsTooLongIsCutAndANumberIsTakenAsText() {
        Reading tooLong = (Reading) decode(TOPIC, captured("location-long.json"));
        Reading number = (Reading) decode(TOPIC, captured("location-number.json"));

        assertThat(tooLong.source().location()).isEqualTo("x".repeat(64));
        assertThat(number.source().location()).isEqualTo("7");
    }

    @Test
    void aTagThatStaysWhereItIsIsOneSourceAndOneThatMovesIsAnother() {
        byte[] inside = captured("ruuvi.json");
        byte[] outside =
                new String(inside, UTF_8).replace("van_inside", "outside").getBytes(UTF_8);
        Source first = ((Reading) decode(TOPIC, inside)).source();
        Source second = ((Reading) decode(TOPIC, inside)).source();
        Source moved = ((Reading) decode(TOPIC, outside)).source();

        assertThat(second).isSameAs(first);
        assertThat(moved.location()).isEqualTo("outside");
    }

    @Test
    void messagesWithoutATimeThatArriveTogetherAreReadingsOfTheirOwn() {
        Message message = Message.of(TOPIC, captured("time-missing.json"), Documented.RECEIVED);

        List<Outcome> outcomes = decoder.decode(List.of(message, message, message));

        assertThat(outcomes)
                .extracting(outcome -> ((Reading) outcome).measuredAt())
                .doesNotHaveDuplicates();
        assertThat(outcomes)
                .extracting(outcome -> ((Reading) outcome).receivedAt())
                .containsOnly(Documented.RECEIVED);
    }

    @Test
    void aKeptMessageWithoutATimeIsOfUnknownAge() {
        byte[] payload = captured("time-missing.json");
        Message retained = new Message(TOPIC, payload, Documented.RECEIVED, true, false, payload.length);

        Malformed malformed = (Malformed) decoder.decodeOne(retained).get(0);

        assertThat(malformed.cause()).isEqualTo(Malformed.Cause.MISSING_FIELD);
        assertThat(malformed.reason()).contains("publish without retain");
    }

    @Test
    void aMessageThatWasCutOffOnArrivalIsTooLarge() {
        Message message = new Message(TOPIC, captured("ruuvi.json"), Documented.RECEIVED, false, false, 5_000_000);

        Malformed malformed = (Malformed) decoder.decodeOne(message).get(0);

        assertThat(malformed.cause()).isEqualTo(Malformed.Cause.TOO_LARGE);
        assertThat(malformed.device()).isEqualTo("ruuvi_2_Paku");
        assertThat(malformed.reason()).isEqualTo("5000000 bytes; at most 262144 are read");
    }

    @Test
    void aReasonSaysWhatIsWhereAndWhatWasExpected() {
        Malformed malformed = (Malformed) decode(TOPIC, "{\n  \"metrics\": \"n/a\"\n}".getBytes(UTF_8));

        assertThat(malformed.reason())
                .isEqualTo(
                        "at byte 16 (line 2, column 14): found the text \"n/a\"; expected metrics to be an object such as"
                                + " {\"temperature_c\":21.4}");
    }

    @Test
    void moreTopicsThanAnyoneHasDoNotFillTheMemory() {
        byte[] payload = captured("ruuvi.json");
        for (int i = 0; i < 10_000; i++) {
            assertThat(decode("paku/sensors/r" + i + "/data", payload)).isInstanceOf(Reading.class);
        }
        assertThat(decoder.rememberedTopics()).isLessThanOrEqualTo(4096);
    }

    private Outcome decode(String topic, byte[] payload) {
        List<Outcome> outcomes = decoder.decodeOne(Message.of(topic, payload, Documented.RECEIVED));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private static byte[] captured(String name) {
        return Documented.bytes(Path.of("src/test/resources/captured/reading/paku-data", name));
    }
}

package org.caravanhub.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.caravanhub.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes: no exception, at least one outcome, and each quickly. */
class HostileInputTest {
    private static final int MUTATIONS_EACH = 150;
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paku-data", "paku-ruuvi", "paku-edge", "paku-device", "alona-telemetry", "alona-node",
                "caravan-telemetry", "caravan-device", "iot", "esphome-state", "esphome-status", "ruuvi-gateway",
                "ecoflow-bridge", "http-ingest"
            })
    void aDamagedMessageIsKeptAsValidJsonOrSetAsideButNeverThrown(String family) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Documented.Row> rows = Documented.rows().stream()
                .filter(row -> row.family().equals(family))
                .toList();
        for (Documented.Row row : rows) {
            for (int i = 0; i < MUTATIONS_EACH; i++) {
                byte[] damaged = damage(row.message().payload(), random);
                List<Outcome> outcomes =
                        Documented.decoder(family).decodeOne(Message.of(row.topic(), damaged, Documented.RECEIVED));
                boolean isOurMistake = outcomes.stream()
                        .anyMatch(outcome -> outcome instanceof Malformed malformed
                                && malformed.cause() == Malformed.Cause.FLOW_FAILED);
                if (outcomes.isEmpty() || isOurMistake) {
                    fail("seed " + seed + ", " + row + ": " + outcomes + " of " + Arrays.toString(damaged));
                }
                for (Outcome outcome : outcomes) {
                    if (outcome instanceof Understood understood) {
                        JSON.readTree(understood.json());
                    }
                }
            }
        }
    }

    @Test
    void tenKindsOfBombAreSetAsideWithoutHarm() {
        byte[] manyNames = IntStream.range(0, 20_000)
                .mapToObj(i -> "\"n" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(UTF_8);

        assertThat(causeOf("[".repeat(200_000).getBytes(UTF_8))).isEqualTo("too_deep");
        assertThat(causeOf("{\"a\":".repeat(40_000).getBytes(UTF_8))).isEqualTo("too_deep");
        assertThat(causeOf(("{\"metrics\":{\"a\":" + "9".repeat(5000) + "}}").getBytes(UTF_8)))
                .isEqualTo("too_large");
        assertThat(causeOf(("{\"metrics\":{\"a\":1e" + "9".repeat(5000) + "}}").getBytes(UTF_8)))
                .isEqualTo("too_large");
        assertThat(causeOf(("{\"location\":\"" + "x".repeat(70_000) + "\"}").getBytes(UTF_8)))
                .isEqualTo("too_large");
        assertThat(causeOf(("{\"" + "x".repeat(70_000) + "\":1}").getBytes(UTF_8)))
                .isEqualTo("too_large");
        assertThat(causeOf(manyNames)).isEqualTo("too_large");
        assertThat(causeOf(new byte[300_000])).isEqualTo("too_large");
        assertThat(causeOf(new byte[200_000])).isEqualTo("not_utf8");
        assertThat(causeOf("\"".repeat(200_001).getBytes(UTF_8))).isEqualTo("wrong_type");
    }

    private static String causeOf(byte[] payload) {
        Message message = Message.of("paku/sensors/d/data", payload, Documented.RECEIVED);
        return Documented.words(new PakuDataDecoder().decodeOne(message));
    }

    /** Some bytes changed, dropped, doubled, or cut off. */
    private static byte[] damage(byte[] original, Random random) {
        byte[] damaged = original.clone();
        for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] = (byte) "{}[]\",:\\0eE-+.u".charAt(random.nextInt(15));
                case 2 -> damaged = Arrays.copyOf(damaged, at);
                default -> {
                    byte[] doubled = Arrays.copyOf(damaged, damaged.length + damaged.length - at);
                    System.arraycopy(damaged, at, doubled, damaged.length, damaged.length - at);
                    damaged = doubled;
                }
            }
        }
        return damaged;
    }
}

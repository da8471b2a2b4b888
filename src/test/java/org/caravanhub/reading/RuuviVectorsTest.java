package org.caravanhub.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.caravanhub.message.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Ruuvi's documentation says of its own test vectors comes out, digit for digit. */
class RuuviVectorsTest {
    private final Decoder decoder = Families.ruuviGateway();

    static Stream<List<String>> vectors() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/ruuvi-vectors.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(" \\| ", -1)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anOfficialVectorIsDecoded(List<String> vector) {
        Outcome outcome = decode(advertisement(vector.get(1)));

        if (vector.get(2).equals("none")) {
            assertThat(((Malformed) outcome).cause()).isEqualTo(Malformed.Cause.NO_METRICS);
        } else {
            assertThat(((Reading) outcome).metrics()).hasToString(vector.get(2));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aVectorThatIsCutOffIsRefusedAndNeverHalfRead(List<String> vector) {
        String whole = advertisement(vector.get(1));
        for (int digits = 1; digits < whole.indexOf("9904") + 6; digits++) {
            assertThat(decode(whole.substring(0, digits))).isInstanceOf(Malformed.class);
        }
    }

    private Outcome decode(String data) {
        byte[] payload = ("{\"data\":\"" + data + "\"}").getBytes(UTF_8);
        Message message = Message.of("ruuvi/AA:BB:CC:DD:EE:FF/C8:25:2D:8E:9C:2C", payload, Documented.RECEIVED);
        return decoder.decodeOne(message).get(0);
    }

    private static String advertisement(String vector) {
        return vector.startsWith("ad:")
                ? vector.substring(3)
                : String.format("020106%02XFF9904%s", vector.length() / 2 + 3, vector);
    }
}

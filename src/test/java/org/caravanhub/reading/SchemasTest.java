package org.caravanhub.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.caravanhub.message.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas are for people and for devices' tests; what they show as example is what the hub takes. */
class SchemasTest {
    private static final Map<String, String> TOPICS = Map.of(
            "paku-data", "paku/sensors/ruuvi_2_Paku/data",
            "paku-ruuvi", "paku/ruuvi/van_inside",
            "alona-telemetry", "alona/node-001/telemetry/temperature",
            "caravan-telemetry", "caravan/hut-1/telemetry",
            "http-ingest", "http/ingest/hut-1");

    static List<Path> schemas() {
        return Documented.list(Path.of("config/schemas")).stream()
                .filter(file -> TOPICS.containsKey(family(file)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void theExamplesOfASchemaAreKept(Path file) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Documented.bytes(file));

        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("description").asText()).isNotBlank();
        assertThat(schema.path("examples")).isNotEmpty();
        for (JsonNode example : schema.path("examples")) {
            byte[] payload = example.toString().getBytes(StandardCharsets.UTF_8);
            Message message = Message.of(TOPICS.getOrDefault(family(file), ""), payload, Documented.RECEIVED);
            assertThat(Documented.decoder(family(file)).decodeOne(message))
                    .isNotEmpty()
                    .allMatch(Reading.class::isInstance);
        }
    }

    private static String family(Path file) {
        return file.getFileName().toString().replace(".schema.json", "");
    }
}

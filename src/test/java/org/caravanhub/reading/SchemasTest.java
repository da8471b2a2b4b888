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
            "iot-measurement", "iot/cottage/gw-01/greenhouse/bme280-1/temperature",
            "ruuvi-gateway", "ruuvi/AA:BB:CC:DD:EE:FF/C8:25:2D:8E:9C:2C",
            "ecoflow-bridge", "ecoflow/galley/DCABZ0000000001",
            "status", "caravan/hut-1/status",
            "event", "caravan/hut-1/event/low_battery",
            "http-ingest", "http/ingest/hut-1");
    /** Schemas that several flows share are shown by one of them. */
    private static final Map<String, String> FLOWS =
            Map.of("iot-measurement", "iot", "status", "caravan-device", "event", "caravan-device");

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
            assertThat(Documented.decoder(FLOWS.getOrDefault(family(file), family(file)))
                            .decodeOne(message))
                    .isNotEmpty()
                    .allMatch(Understood.class::isInstance);
        }
    }

    private static String family(Path file) {
        return file.getFileName().toString().replace(".schema.json", "");
    }
}

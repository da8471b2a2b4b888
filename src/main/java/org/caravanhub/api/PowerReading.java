package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;

/**
 * What was told of a power station at a moment.
 *
 * @param at when it measured
 * @param bridge which bridge told it, as the text in the metric of that name; empty if that was the cloud
 * @param isRetained whether the broker had kept it, so that nobody knows when it was said
 * @param metrics its numbers, by name
 */
record PowerReading(Instant at, String bridge, boolean isRetained, Map<String, Double> metrics) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String BRIDGE = "bridge";

    PowerReading {
        metrics = Map.copyOf(metrics);
    }

    static PowerReading of(Reading reading) {
        Map<String, Double> numbers = new HashMap<>();
        String bridge = "";
        try (JsonParser parser = JSON.createParser(reading.metrics().json())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isNumeric()) {
                    numbers.put(name, parser.getDoubleValue());
                } else if (value == JsonToken.VALUE_STRING && name.equals(BRIDGE)) {
                    bridge = parser.getText();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("metrics that were kept cannot be read", e);
        }
        return new PowerReading(reading.measuredAt(), bridge, reading.has(Flag.RETAINED), numbers);
    }
}

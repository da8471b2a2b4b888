package org.caravanhub.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.reading.Metrics;

/** Reads the values of metrics, which the decoder has checked: numbers, truths and texts. What is nested or null is left out. */
final class MetricValues {
    private static final JsonFactory FACTORY = new JsonFactory();

    private MetricValues() {}

    /** All of them, in the order of the device. */
    static Map<String, Object> in(Metrics metrics) {
        Map<String, Object> values = new LinkedHashMap<>();
        try (JsonParser json = FACTORY.createParser(metrics.json())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                read(json).ifPresent(value -> values.put(name, value));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("these are no metrics", e);
        }
        return Collections.unmodifiableMap(values);
    }

    /** One of them. */
    static Optional<Object> of(Metrics metrics, String wanted) {
        try (JsonParser json = FACTORY.createParser(metrics.json())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isWanted = json.currentName().equals(wanted);
                json.nextToken();
                if (isWanted) {
                    return read(json);
                }
                json.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("these are no metrics", e);
        }
    }

    /** A value as JSON writes it. */
    static String json(Object value) {
        return value instanceof String text
                ? "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\""
                : String.valueOf(value);
    }

    private static Optional<Object> read(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return Optional.of(json.getLongValue());
        }
        if (token.isNumeric()) {
            return Optional.of(json.getDoubleValue());
        }
        if (token.isBoolean()) {
            return Optional.of(json.getBooleanValue());
        }
        if (token == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        json.skipChildren();
        return Optional.empty();
    }
}

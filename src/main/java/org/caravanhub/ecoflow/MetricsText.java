package org.caravanhub.ecoflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import org.caravanhub.reading.Metrics;

/** Writes what was measured as the metrics of a reading. */
final class MetricsText {
    /** What nobody knows a metric for is kept in at most so many keys and bytes. */
    static final int MOST_KEYS = 256;

    static final int MOST_BYTES = 8 * 1024;

    private static final JsonFactory JSON = JsonMapper.builder().build().getFactory();

    private MetricsText() {}

    /**
     * The metrics.
     *
     * @param isWithRest whether {@code raw} is one of them: an object with what nobody knows a metric for
     */
    static Metrics of(Measured measured, boolean isWithRest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, BigDecimal> each : measured.metrics().entrySet()) {
                json.writeFieldName(each.getKey());
                json.writeRawValue(plain(each.getValue()));
            }
            if (isWithRest && !measured.rest().isEmpty()) {
                json.writeObjectFieldStart("raw");
                writeRest(json, measured);
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Metrics.ofChecked(bytes.toByteArray());
    }

    private static void writeRest(JsonGenerator json, Measured measured) throws IOException {
        int keys = 0;
        int size = 0;
        for (Map.Entry<String, Quota> each : measured.rest().entrySet()) {
            JsonNode node = each.getValue().node();
            String text = node.toString();
            boolean isFinite = !node.isNumber() || Double.isFinite(node.doubleValue());
            size += each.getKey().length() + text.length() + 4;
            if (size > MOST_BYTES || ++keys > MOST_KEYS) {
                return;
            }
            if (isFinite) {
                json.writeFieldName(each.getKey());
                json.writeRawValue(text);
            }
        }
    }

    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }
}

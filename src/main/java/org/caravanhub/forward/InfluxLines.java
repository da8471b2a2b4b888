package org.caravanhub.forward;

import java.util.List;
import java.util.Map;
import org.caravanhub.live.LiveReading;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/**
 * Writes readings as InfluxDB's line protocol, a line each: the family as measurement, whose it is as tags, metrics as fields, milliseconds as time.
 * Flows call it by the name {@code lineProtocol}.
 */
public final class InfluxLines {
    /** The readings among these outcomes; empty text if there are none. */
    public String write(List<Outcome> outcomes) {
        StringBuilder lines = new StringBuilder();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Reading reading) {
                write(reading, lines);
            }
        }
        return lines.toString();
    }

    private static void write(Reading reading, StringBuilder lines) {
        LiveReading told = LiveReading.of(reading);
        if (told.metrics().isEmpty()) {
            return;
        }
        Source source = reading.source();
        lines.append(escaped(source.family()));
        tag("device", source.device(), lines);
        tag("location", source.location(), lines);
        tag("mac", source.mac(), lines);
        tag("sensor", source.sensor(), lines);
        tag("site", source.site(), lines);
        tag("system", source.system(), lines);
        char separator = ' ';
        for (Map.Entry<String, Object> metric : told.metrics().entrySet()) {
            lines.append(separator).append(escaped(metric.getKey())).append('=').append(field(metric.getValue()));
            separator = ',';
        }
        lines.append(' ').append(told.time().toEpochMilli()).append('\n');
    }

    private static void tag(String name, String value, StringBuilder lines) {
        if (!value.isEmpty()) {
            lines.append(',').append(name).append('=').append(escaped(value));
        }
    }

    /** A number is never marked as whole: a field that was 21 once could never be 21.5 then. */
    private static String field(Object value) {
        return value instanceof String text
                ? '"' + plain(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : String.valueOf(value);
    }

    private static String escaped(String name) {
        // A backslash at the end would take the comma after it along.
        return plain(name)
                .replace('\\', '/')
                .replace(",", "\\,")
                .replace("=", "\\=")
                .replace(" ", "\\ ");
    }

    private static String plain(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}

package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.caravanhub.http.Moment;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;

/**
 * One value a line (RFC 4180, with a header). Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers
 * are written as the device wrote them.
 */
final class CsvForm implements ReadingForm {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String END = "\r\n";

    @Override
    public String contentType() {
        return "text/csv; charset=utf-8";
    }

    @Override
    public String ending() {
        return "csv";
    }

    @Override
    public String head() {
        return "measured_at,received_at,device,family,site,system,sensor,location,mac,flags,metric,value" + END;
    }

    @Override
    public void append(Reading reading, StringBuilder text) {
        String common = common(reading);
        try (JsonParser json = FACTORY.createParser(reading.metrics().json())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                text.append(common).append(',').append(cell(json.currentName())).append(',');
                JsonToken value = json.nextToken();
                if (value.isStructStart()) {
                    text.append(cell(nested(json)));
                } else {
                    text.append(value == JsonToken.VALUE_STRING ? cell(json.getText()) : json.getText());
                }
                text.append(END);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "stored metrics of " + reading.source().device() + " are not JSON", e);
        }
    }

    private static String common(Reading reading) {
        String flags = Flag.of(reading.flags()).stream().map(Flag::word).collect(Collectors.joining(" "));
        return String.join(
                ",",
                Moment.text(reading.measuredAt()),
                Moment.text(reading.receivedAt()),
                cell(reading.source().device()),
                cell(reading.source().family()),
                cell(reading.source().site()),
                cell(reading.source().system()),
                cell(reading.source().sensor()),
                cell(reading.source().location()),
                cell(reading.source().mac()),
                flags);
    }

    /** An object or array inside a value, as JSON in one cell. */
    private static String nested(JsonParser json) throws IOException {
        java.io.StringWriter text = new java.io.StringWriter();
        try (var generator = FACTORY.createGenerator(text)) {
            generator.copyCurrentStructure(json);
        }
        return text.toString();
    }

    static String cell(String text) {
        String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        boolean needsQuotes = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needsQuotes ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}

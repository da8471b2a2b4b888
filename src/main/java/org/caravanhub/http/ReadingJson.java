package org.caravanhub.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/** A reading as the API writes it: schema {@code Reading} of {@code openapi.yaml}. */
public final class ReadingJson {
    private ReadingJson() {}

    /** Writes it as one object. */
    public static void write(JsonGenerator json, Reading reading) throws IOException {
        json.writeStartObject();
        writeFields(json, reading);
        json.writeEndObject();
    }

    /** Writes its members into an object that is open. */
    public static void writeFields(JsonGenerator json, Reading reading) throws IOException {
        Source source = reading.source();
        json.writeStringField("device", source.device());
        json.writeStringField("family", source.family());
        json.writeStringField("site", source.site());
        json.writeStringField("system", source.system());
        json.writeStringField("sensor", source.sensor());
        json.writeStringField("location", source.location());
        json.writeStringField("mac", source.mac());
        json.writeStringField("measured_at", Moment.text(reading.measuredAt()));
        json.writeStringField("received_at", Moment.text(reading.receivedAt()));
        json.writeArrayFieldStart("flags");
        for (Flag flag : Flag.of(reading.flags())) {
            json.writeString(flag.word());
        }
        json.writeEndArray();
        json.writeFieldName("metrics");
        json.writeRawValue(new String(reading.metrics().json(), StandardCharsets.UTF_8));
    }
}

package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravanhub.http.Moment;
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Document;
import org.caravanhub.reading.Event;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Source;
import org.caravanhub.reading.Status;
import org.caravanhub.reading.When;
import org.caravanhub.store.PlacedEvent;

/** Events, statuses and configurations as the API writes them: schemas {@code Event}, {@code Status}, {@code Configuration}. */
final class AnnouncementJson {
    private AnnouncementJson() {}

    static void write(JsonGenerator json, PlacedEvent placed) throws IOException {
        Event event = placed.event();
        json.writeStartObject();
        json.writeStringField("id", Long.toString(placed.id()));
        json.writeStringField("name", event.name());
        json.writeStringField("severity", event.severity().word());
        json.writeStringField("message", event.message());
        writeFields(json, event.source(), event.when());
        writeField(json, "details", placed.details());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Status status) throws IOException {
        json.writeStartObject();
        json.writeStringField("state", status.state().word());
        json.writeStringField("activity", status.vitals().activity());
        writeField(json, "uptime_s", status.vitals().uptimeSeconds());
        writeField(json, "rssi_dbm", status.vitals().rssiDbm());
        json.writeStringField("firmware", status.vitals().firmware());
        json.writeStringField("model", status.vitals().model());
        json.writeStringField("as_of", Moment.text(status.asOf()));
        writeFields(json, status.source(), status.when());
        writeField(json, "details", Optional.of(status.details()));
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Configuration configuration) throws IOException {
        json.writeStartObject();
        writeFields(json, configuration.source(), configuration.when());
        writeField(json, "document", Optional.of(configuration.document()));
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, Source source, When when) throws IOException {
        json.writeStringField("family", source.family());
        json.writeStringField("site", source.site());
        json.writeStringField("system", source.system());
        json.writeStringField("location", source.location());
        json.writeStringField("mac", source.mac());
        json.writeStringField("said_at", Moment.text(when.saidAt()));
        json.writeStringField("received_at", Moment.text(when.receivedAt()));
        json.writeArrayFieldStart("flags");
        for (Flag flag : Flag.of(when.flags())) {
            json.writeString(flag.word());
        }
        json.writeEndArray();
    }

    private static void writeField(JsonGenerator json, String name, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }

    private static void writeField(JsonGenerator json, String name, Optional<Document> document) throws IOException {
        json.writeFieldName(name);
        if (document.isPresent()) {
            json.writeRawValue(document.get().toString());
        } else {
            json.writeNull();
        }
    }
}

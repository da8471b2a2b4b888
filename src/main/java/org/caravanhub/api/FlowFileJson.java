package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.caravanhub.flow.FlowChange;
import org.caravanhub.flow.FlowFile;
import org.caravanhub.flow.Mistake;
import org.caravanhub.http.Json;
import org.caravanhub.http.Moment;

/** Flow files, their mistakes and what happened to them, as the API and its events tell them. */
public final class FlowFileJson {
    private FlowFileJson() {}

    static void write(JsonGenerator json, FlowFile file) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", file.path());
        json.writeStringField("state", file.state().word());
        json.writeStringField("running_version", file.running().orElse(null));
        json.writeStringField("version", file.found().orElse(null));
        json.writeStringField("since", Moment.text(file.since()));
        json.writeStringField("by", file.who());
        write(json, "flows", file.flows());
        json.writeFieldName("errors");
        write(json, file.mistakes());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, List<Mistake> mistakes) throws IOException {
        json.writeStartArray();
        for (Mistake mistake : mistakes) {
            json.writeStartObject();
            json.writeStringField("file", mistake.file());
            json.writeNumberField("line", mistake.line());
            json.writeNumberField("column", mistake.column());
            json.writeStringField("code", mistake.code().word());
            json.writeStringField("message", mistake.message());
            json.writeStringField("hint", mistake.hint());
            json.writeStringField("excerpt", mistake.excerpt());
            json.writeStringField("page", mistake.code().page());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The data of an event {@code flow}: one line of JSON. */
    public static byte[] event(FlowChange change) {
        return Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("what", change.what().word());
            json.writeStringField("file", change.file());
            json.writeStringField("version", change.version().orElse(null));
            json.writeStringField("by", change.who());
            write(json, "started", change.started());
            write(json, "stopped", change.stopped());
            json.writeFieldName("errors");
            write(json, change.mistakes());
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, String name, Set<String> ids) throws IOException {
        json.writeArrayFieldStart(name);
        for (String id : ids) {
            json.writeString(id);
        }
        json.writeEndArray();
    }
}

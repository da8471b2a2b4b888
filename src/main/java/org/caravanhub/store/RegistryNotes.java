package org.caravanhub.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistrationDraft;

/** What the audit says of a registration: JSON. A text is cut; who wants all of it looks at the device. */
final class RegistryNotes {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 200;

    private RegistryNotes() {}

    /** Which topics a device got when it became known. */
    static String made(Registration made) {
        Map<String, String> fields = fields(made);
        fields.values().removeIf(value -> value.isEmpty() || value.equals("false"));
        return write(json -> {
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.writeStringField(field.getKey(), cut(field.getValue()));
            }
        });
    }

    /** {@code {"name":["before","after"]}}. */
    static String difference(Registration before, Registration after) {
        Map<String, String> old = fields(before);
        return write(json -> {
            for (Map.Entry<String, String> field : fields(after).entrySet()) {
                String was = Objects.requireNonNull(old.get(field.getKey()));
                if (!was.equals(field.getValue())) {
                    json.writeArrayFieldStart(field.getKey());
                    json.writeString(cut(was));
                    json.writeString(cut(field.getValue()));
                    json.writeEndArray();
                }
            }
        });
    }

    private static Map<String, String> fields(Registration of) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("family", of.topics().family());
        fields.put("site", of.topics().site());
        fields.put("system", of.topics().system());
        fields.put("model", of.model());
        fields.put("name", of.name());
        fields.put("group", of.group());
        fields.put("tags", String.join(RegistrationDraft.BETWEEN_TAGS, of.tags()));
        fields.put("location", of.location());
        fields.put("notes", of.notes());
        fields.put(
                "interval_ms",
                of.interval().map(Duration::toMillis).map(String::valueOf).orElse(""));
        fields.put("disabled", Boolean.toString(of.isDisabled()));
        return fields;
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static String write(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written", e);
        }
        return text.toString();
    }
}

package org.caravanhub.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.device.RegistrationDraft;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/** What an owner changes of a device: a JSON merge patch (RFC 7396), schema {@code DevicePatch} of {@code openapi.yaml}. */
final class RegistrationPatch {
    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
            .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true);

    private static final List<String> FIELDS = RegistrationDraft.FIELDS.stream()
            .filter(field -> !field.equals("disabled"))
            .toList();

    private RegistrationPatch() {}

    /**
     * The fields that it changes, as {@link RegistrationDraft} writes them.
     *
     * @throws Problem with every mistake there is
     */
    static Map<String, String> read(byte[] body) {
        JsonNode patch;
        try {
            patch = JSON.readTree(body);
        } catch (IOException e) {
            throw notAnObject();
        }
        if (patch == null || !patch.isObject()) {
            throw notAnObject();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> members = patch.fields(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            String name = member.getKey();
            if (!FIELDS.contains(name)) {
                faults.add(unknown(name));
            } else {
                text(name, member.getValue(), faults).ifPresent(text -> fields.put(name, text));
            }
        }
        if (!faults.isEmpty()) {
            throw Problem.parameters(faults);
        }
        return fields;
    }

    /** What is wrong with one of them. */
    static Fault fault(String field, String flaw) {
        return new Fault(field, "not_allowed", field + ": " + flaw + ".", "");
    }

    private static Optional<String> text(String name, JsonNode value, List<Fault> faults) {
        if (value.isNull()) {
            return Optional.of("");
        }
        if (name.equals("tags")) {
            return tags(value, faults);
        }
        if (name.equals("interval_ms") ? value.isIntegralNumber() : value.isTextual()) {
            return Optional.of(value.asText());
        }
        String wanted = name.equals("interval_ms") ? "a whole number of milliseconds, or null to learn it" : "a text";
        faults.add(new Fault(name, "wrong_type", name + " must be " + wanted + ".", ""));
        return Optional.empty();
    }

    private static Optional<String> tags(JsonNode value, List<Fault> faults) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : value) {
            if (!word.isTextual() || word.asText().contains(RegistrationDraft.BETWEEN_TAGS)) {
                words.clear();
                break;
            }
            words.add(word.asText());
        }
        if (!value.isArray() || words.isEmpty() && !value.isEmpty()) {
            faults.add(new Fault(
                    "tags", "wrong_type", "tags must be an array of texts without semicolons.", "[\"roof\",\"2026\"]"));
            return Optional.empty();
        }
        return Optional.of(String.join(RegistrationDraft.BETWEEN_TAGS, words));
    }

    private static Fault unknown(String name) {
        String hint =
                switch (name) {
                    case "id" ->
                        "an id is for ever: readings, topics and credentials go by it; `name` is what people see";
                    case "disabled", "is_disabled" -> "POST /api/v1/devices/{id}/disable or .../enable";
                    default ->
                        Nearest.to(name, FIELDS)
                                        .map(near -> "did you mean " + near + "? ")
                                        .orElse("") + "there are " + String.join(", ", FIELDS);
                };
        return new Fault(
                Quoted.of(name),
                name.equals("id") ? "not_allowed" : "unknown",
                name.equals("id")
                        ? "The id of a device cannot be changed."
                        : "There is no member " + Quoted.of(name) + ".",
                hint);
    }

    private static Problem notAnObject() {
        return Problem.parameters(List.of(new Fault(
                "body",
                "wrong_type",
                "The body is not a JSON object, or has a member twice.",
                "{\"name\":\"Fridge\",\"tags\":[\"galley\"]}")));
    }
}

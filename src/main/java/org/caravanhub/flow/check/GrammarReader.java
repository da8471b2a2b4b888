package org.caravanhub.flow.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.caravanhub.flow.check.Grammar.Field;
import org.caravanhub.flow.check.Grammar.Kind;
import org.caravanhub.flow.check.Grammar.Shape;

/** Reads {@link Grammar} out of the schema that Camel's YAML brings along; of JSON schema it knows what is used there. */
final class GrammarReader {
    /** In camel-yaml-dsl. */
    static final String SCHEMA = "/schema/camelYamlDsl.json";

    private final JsonNode definitions;
    private final Map<String, Shape> shapes = new HashMap<>();

    private GrammarReader(JsonNode definitions) {
        this.definitions = definitions;
    }

    static Grammar read() {
        try (InputStream schema = GrammarReader.class.getResourceAsStream(SCHEMA)) {
            if (schema == null) {
                throw new IllegalStateException(SCHEMA + " is not on the class path");
            }
            JsonNode items = new JsonMapper().readTree(schema).path("items");
            GrammarReader reader = new GrammarReader(items.path("definitions"));
            reader.definitions.properties().forEach(entry -> reader.add(lastName(entry.getKey()), entry.getValue()));
            reader.add(Grammar.ENTRY, items);
            return new Grammar(reader.shapes);
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMA + " cannot be read", e);
        }
    }

    private void add(String name, JsonNode definition) {
        JsonNode map = definition;
        boolean mayBeText = false;
        for (JsonNode form : definition.path("oneOf")) {
            if (form.path("type").asText().equals("object")) {
                map = form;
            } else {
                mayBeText = true;
            }
        }
        Map<String, Field> fields = new TreeMap<>();
        List<Set<String>> alternatives = new ArrayList<>();
        for (JsonNode choice : map.path("anyOf")) {
            Set<String> names = alternatives(choice, fields, name);
            if (!names.isEmpty()) {
                alternatives.add(names);
            }
        }
        for (Map.Entry<String, JsonNode> property : map.path("properties").properties()) {
            if (!property.getValue().isEmpty()) {
                fields.put(property.getKey(), field(name + "." + property.getKey(), property.getValue()));
            }
        }
        Set<String> required = new HashSet<>();
        definition.path("required").forEach(field -> required.add(field.asText()));
        map.path("required").forEach(field -> required.add(field.asText()));
        shapes.put(
                name, new Shape(name, mayBeText, Map.copyOf(fields), Set.copyOf(required), List.copyOf(alternatives)));
    }

    /** The fields of which one may be given; they are added to the others. */
    private Set<String> alternatives(JsonNode choice, Map<String, Field> fields, String name) {
        Set<String> names = new HashSet<>();
        for (JsonNode option : choice.path("oneOf")) {
            String reference = option.path("$ref").asText();
            if (!reference.isEmpty()) {
                JsonNode other = definitions.path(reference.substring(reference.lastIndexOf('/') + 1));
                other.path("anyOf").forEach(inner -> names.addAll(alternatives(inner, fields, name)));
            }
            for (Map.Entry<String, JsonNode> property :
                    option.path("properties").properties()) {
                names.add(property.getKey());
                fields.put(property.getKey(), field(name + "." + property.getKey(), property.getValue()));
            }
        }
        return names;
    }

    private Field field(String place, JsonNode property) {
        String reference = property.path("$ref").asText();
        if (!reference.isEmpty()) {
            return new Field(Kind.ONE, lastName(reference), Set.of());
        }
        return switch (property.path("type").asText()) {
            case "boolean" -> new Field(Kind.TRUTH);
            case "number", "integer" -> new Field(Kind.NUMBER);
            case "object" -> new Field(Kind.MAP);
            case "array" -> list(place, property.path("items"));
            default -> text(property);
        };
    }

    private Field list(String place, JsonNode items) {
        if (items.path("type").asText().equals("string")) {
            return new Field(Kind.TEXTS);
        }
        String reference = items.path("$ref").asText();
        if (reference.isEmpty()) {
            add(place, items);
            return new Field(Kind.LIST, place, Set.of());
        }
        return new Field(Kind.LIST, lastName(reference), Set.of());
    }

    private static Field text(JsonNode property) {
        Set<String> words = new HashSet<>();
        property.path("enum").forEach(word -> words.add(word.asText()));
        return words.isEmpty() ? new Field(Kind.TEXT) : new Field(Kind.WORD, "", Set.copyOf(words));
    }

    private static String lastName(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
    }
}

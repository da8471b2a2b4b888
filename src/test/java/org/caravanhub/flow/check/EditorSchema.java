package org.caravanhub.flow.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Makes the schema for editors: Camel's, without what flows may not use, and with the options of the components that they may. */
final class EditorSchema {
    private static final Set<String> ENTRIES = Set.of("route", "routeConfiguration", "routeTemplate", "templatedRoute");
    private static final Set<String> STEPS_WITHOUT_USE =
            Set.of("kamelet", "serviceCall", "tokenizer", "saga", "script");
    private static final String DEFINITIONS = "#/items/definitions/";

    private final JsonMapper json = new JsonMapper();
    private final ObjectNode root;
    private final ObjectNode definitions;
    private final List<String> schemes;

    private EditorSchema() throws IOException {
        try (InputStream schema = EditorSchema.class.getResourceAsStream(GrammarReader.SCHEMA)) {
            root = (ObjectNode) json.readTree(schema);
        }
        definitions = (ObjectNode) root.at("/items/definitions");
        schemes = new TreeSet<>(Allowed.COMPONENTS)
                .stream().filter(name -> Options.of(name).isPresent()).toList();
    }

    /** The whole schema, as it stands in the repository. */
    static String text() throws IOException {
        EditorSchema schema = new EditorSchema();
        schema.make();
        return schema.json.writeValueAsString(schema.root) + "\n";
    }

    private void make() throws IOException {
        root.put("$schema", "http://json-schema.org/draft-07/schema#");
        root.put("title", "A flow of Caravan");
        ((ObjectNode) root.at("/items/properties")).retain(ENTRIES);
        ((ObjectNode) definitions.at("/org.apache.camel.model.ProcessorDefinition/properties"))
                .remove(STEPS_WITHOUT_USE);
        definitions.forEach(this::leaveOut);
        definitions.forEach(EditorSchema::allowPlaceholders);
        schemes.forEach(scheme -> definitions.set("options-" + scheme, options(scheme)));
        definitions.properties().forEach(definition -> {
            if (!definition.getKey().startsWith("options-")) {
                addresses(definition.getValue());
            }
        });
        forgetUnused();
    }

    /** Languages and data formats that are refused are not offered either. */
    private void leaveOut(JsonNode node) {
        for (JsonNode alternatives : node.findValues("oneOf")) {
            for (int i = alternatives.size() - 1; i >= 0; i--) {
                JsonNode required = alternatives.get(i).path("required");
                if (required.size() == 1 && isRefused(required.get(0).asText(), alternatives.get(i))) {
                    ((ArrayNode) alternatives).remove(i);
                }
            }
        }
        for (JsonNode alternatives : node.findValues("anyOf")) {
            for (int i = alternatives.size() - 1; i >= 0; i--) {
                JsonNode required = alternatives.get(i).path("required");
                if (required.size() == 1 && isRefused(required.get(0).asText(), alternatives.get(i))) {
                    ((ArrayNode) alternatives).remove(i);
                }
            }
        }
        for (JsonNode properties : node.findValues("properties")) {
            Set<String> refused = new HashSet<>();
            properties.properties().forEach(property -> {
                if (property.getValue().isEmpty() && isRefused(property.getKey(), properties)) {
                    refused.add(property.getKey());
                }
            });
            ((ObjectNode) properties).remove(refused);
        }
    }

    private static final Set<String> REFUSED_LANGUAGES = Set.of(
            "csimple",
            "datasonnet",
            "groovy",
            "hl7terser",
            "java",
            "joor",
            "js",
            "language",
            "mvel",
            "ognl",
            "python",
            "spel",
            "wasm",
            "xpath",
            "xquery",
            "xtokenize");

    private boolean isRefused(String name, JsonNode where) {
        JsonNode said = where.path("properties").path(name);
        String reference = said.path("$ref").asText();
        return REFUSED_LANGUAGES.contains(name)
                || reference.contains(".dataformat.") && !Allowed.FORMATS.contains(name);
    }

    /** Where Camel wants a number or a truth, it also takes the text of one, or a placeholder. */
    private static void allowPlaceholders(JsonNode definition) {
        for (JsonNode properties : definition.findValues("properties")) {
            for (JsonNode property : properties) {
                String type = property.path("type").asText();
                if (type.equals("number") || type.equals("boolean")) {
                    ((ObjectNode) property).remove("type");
                    ArrayNode forms = ((ObjectNode) property).putArray("anyOf");
                    forms.addObject().put("type", type);
                    forms.addObject()
                            .put("type", "string")
                            .put("pattern", type.equals("number") ? "[{]|^-?[0-9.]+$" : "[{]|^(true|false)$");
                }
            }
        }
    }

    /** What has an address is told which there are, and which options the component has. */
    private void addresses(JsonNode definition) {
        List<JsonNode> maps = new ArrayList<>(List.of(definition));
        definition.path("oneOf").forEach(maps::add);
        for (JsonNode map : maps) {
            JsonNode properties = map.path("properties");
            if (properties.path("uri").isObject()
                    && properties.path("parameters").isObject()) {
                ObjectNode uri = (ObjectNode) properties.path("uri");
                uri.remove("type");
                ArrayNode forms = uri.putArray("anyOf");
                forms.addObject().put("type", "string");
                ArrayNode words = forms.addObject().putArray("enum");
                schemes.forEach(words::add);
                ArrayNode rules = ((ObjectNode) map).putArray("allOf");
                schemes.forEach(scheme -> rule(rules.addObject(), scheme));
            }
        }
    }

    private static void rule(ObjectNode rule, String scheme) {
        ObjectNode condition = rule.putObject("if");
        condition.putArray("required").add("uri");
        condition.putObject("properties").putObject("uri").put("pattern", "^" + scheme + "(:|$)");
        rule.putObject("then")
                .putObject("properties")
                .putObject("parameters")
                .put("$ref", DEFINITIONS + "options-" + scheme);
    }

    private ObjectNode options(String scheme) {
        ObjectNode options = json.createObjectNode();
        JsonNode said = metadata(scheme);
        options.put("type", "object");
        options.put("title", said.at("/component/title").asText());
        options.put("description", said.at("/component/description").asText());
        boolean isLenient = said.at("/component/lenientProperties").asBoolean();
        ObjectNode properties = options.putObject("properties");
        ObjectNode families = json.createObjectNode();
        said.path("properties").properties().forEach(option -> {
            ObjectNode one = value(option.getValue());
            properties.set(option.getKey(), one);
            String prefix = option.getValue().path("prefix").asText();
            if (!prefix.isEmpty()) {
                families.set("^" + prefix.replace(".", "\\."), json.createObjectNode());
            }
        });
        if (!families.isEmpty()) {
            options.set("patternProperties", families);
        }
        options.put("additionalProperties", isLenient);
        return options;
    }

    private ObjectNode value(JsonNode option) {
        ObjectNode value = json.createObjectNode();
        value.put("description", option.path("description").asText());
        if (option.has("defaultValue")) {
            value.set("default", option.path("defaultValue"));
        }
        String type = option.path("type").asText();
        if (option.path("enum").size() > 0) {
            ArrayNode forms = value.putArray("anyOf");
            ArrayNode words = forms.addObject().putArray("enum");
            option.path("enum").forEach(word -> {
                words.add(word);
                if (word.asText().matches("[0-9]+")) {
                    words.add(word.asInt());
                }
            });
            forms.addObject().put("type", "string").put("pattern", "[{]|^#");
        } else if (type.equals("boolean")) {
            ArrayNode forms = value.putArray("anyOf");
            forms.addObject().put("type", "boolean");
            forms.addObject().put("type", "string").put("pattern", "[{]|^(true|false)$");
        } else if (type.equals("integer") || type.equals("number")) {
            ArrayNode forms = value.putArray("anyOf");
            forms.addObject().put("type", "number");
            forms.addObject().put("type", "string").put("pattern", "[{]|^-?[0-9]+$");
        } else {
            ArrayNode types = value.putArray("type");
            List.of("string", "number", "boolean").forEach(types::add);
        }
        return value;
    }

    private JsonNode metadata(String scheme) {
        ClassLoader loader = EditorSchema.class.getClassLoader();
        try (InputStream service =
                loader.getResourceAsStream("META-INF/services/org/apache/camel/component/" + scheme)) {
            Properties properties = new Properties();
            properties.load(service);
            String type = properties.getProperty("class");
            String folder = type.substring(0, type.lastIndexOf('.')).replace('.', '/');
            try (InputStream said = loader.getResourceAsStream("META-INF/" + folder + "/" + scheme + ".json")) {
                return json.readTree(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forgetUnused() {
        Set<String> used = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(root.at("/items/properties"));
        while (!open.isEmpty()) {
            for (JsonNode reference : open.pop().findValues("$ref")) {
                String name = reference.asText().substring(DEFINITIONS.length());
                if (used.add(name)) {
                    open.push(definitions.path(name));
                }
            }
        }
        Set<String> all = new HashSet<>();
        for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
            all.add(definition.getKey());
        }
        all.removeAll(used);
        definitions.remove(all);
    }
}

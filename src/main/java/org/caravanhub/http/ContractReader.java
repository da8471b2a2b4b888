package org.caravanhub.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Makes operations of an OpenAPI document; knows as much of OpenAPI as ours uses, and refuses what it does not know. */
final class ContractReader {
    private final Map<String, Object> document;

    private ContractReader(Map<String, Object> document) {
        this.document = document;
    }

    static ContractReader of(String yaml) {
        Object document =
                new Load(LoadSettings.builder().setLabel("openapi.yaml").build()).loadFromString(yaml);
        return new ContractReader(map(document));
    }

    Map<String, Object> document() {
        return document;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        map(document.get("paths")).forEach((path, item) -> map(item)
                .forEach((method, operation) -> operations.add(operation(method, path, map(operation)))));
        return operations;
    }

    private Operation operation(String method, String path, Map<String, Object> operation) {
        List<Operation.Parameter> parameters = new ArrayList<>();
        for (Object parameter : list(operation.get("parameters"))) {
            parameters.add(parameter(resolve(parameter)));
        }
        Map<String, Object> body = map(operation.getOrDefault("requestBody", Map.of()));
        return new Operation(
                text(operation, "operationId"),
                method.toUpperCase(Locale.ROOT),
                path,
                String.valueOf(operation.getOrDefault("x-below", "")),
                schemes(operation.getOrDefault("security", document.getOrDefault("security", List.of()))),
                String.valueOf(operation.getOrDefault("x-lane", "")),
                String.valueOf(operation.getOrDefault("x-handler", "")),
                List.copyOf(parameters),
                Set.copyOf(map(body.getOrDefault("content", Map.of())).keySet()),
                Boolean.TRUE.equals(operation.get("x-device")),
                Boolean.TRUE.equals(operation.get("x-key")),
                String.valueOf(operation.getOrDefault("x-open", "")),
                Boolean.TRUE.equals(operation.get("x-lenient")));
    }

    private Operation.Parameter parameter(Map<String, Object> parameter) {
        Map<String, Object> schema = resolve(parameter.get("schema"));
        return new Operation.Parameter(
                text(parameter, "name"),
                text(parameter, "in").equals("path"),
                text(parameter, "in").equals("header"),
                Boolean.TRUE.equals(parameter.get("required")),
                Boolean.TRUE.equals(parameter.get("x-slashes")),
                rule(schema),
                Optional.ofNullable(schema.get("default")).map(String::valueOf));
    }

    private Rule rule(Map<String, Object> schema) {
        return switch (text(schema, "type")) {
            case "integer" -> new Rule.Whole(number(schema, "minimum"), number(schema, "maximum"));
            case "array" ->
                new Rule.Several(
                        rule(resolve(schema.get("items"))),
                        (int) number(schema, "minItems").orElse(1),
                        (int) number(schema, "maxItems").orElse(100));
            case "string" -> string(schema);
            default -> throw new IllegalArgumentException("openapi.yaml: a parameter of type " + schema.get("type"));
        };
    }

    private static Rule string(Map<String, Object> schema) {
        if (schema.containsKey("enum")) {
            return new Rule.Word(
                    list(schema.get("enum")).stream().map(String::valueOf).toList());
        }
        if ("moment".equals(schema.get("format"))) {
            return new Rule.When();
        }
        return new Rule.Text(
                (int) number(schema, "minLength").orElse(0),
                (int) number(schema, "maxLength").orElse(1000),
                Optional.ofNullable(schema.get("pattern")).map(pattern -> Pattern.compile(String.valueOf(pattern))));
    }

    private static Set<String> schemes(Object security) {
        Set<String> schemes = new HashSet<>();
        list(security).forEach(way -> schemes.addAll(map(way).keySet()));
        return Set.copyOf(schemes);
    }

    /** Follows a {@code $ref} within the document. */
    private Map<String, Object> resolve(@Nullable Object node) {
        Object reference = map(node).get("$ref");
        if (reference == null) {
            return map(node);
        }
        Object target = document;
        for (String part : String.valueOf(reference).substring("#/".length()).split("/", -1)) {
            target = map(target).get(part);
        }
        return map(target);
    }

    private static String text(Map<String, Object> node, String key) {
        Object value = node.get(key);
        if (value == null) {
            throw new IllegalArgumentException("openapi.yaml: " + key + " is missing in " + node);
        }
        return String.valueOf(value);
    }

    private static OptionalLong number(Map<String, Object> node, String key) {
        return node.get(key) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    @SuppressWarnings("unchecked") // keys of our document are text
    private static Map<String, Object> map(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("openapi.yaml: expected a mapping, found " + node);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object node) {
        return node instanceof List<?> list ? (List<Object>) list : List.of();
    }
}

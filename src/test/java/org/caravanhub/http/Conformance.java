package org.caravanhub.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Holds JSON against a schema of the contract: types, required members, words, patterns. */
final class Conformance {
    private final Map<?, ?> document;
    private final List<String> faults = new ArrayList<>();

    Conformance(Map<?, ?> document) {
        this.document = document;
    }

    /** What is wrong, each with its place. */
    List<String> faults(JsonNode json, Object schema) {
        faults.clear();
        check(json, schema, "$");
        return List.copyOf(faults);
    }

    Map<?, ?> resolve(Object node) {
        Map<?, ?> map = (Map<?, ?>) node;
        if (!map.containsKey("$ref")) {
            return map;
        }
        Object target = document;
        for (String part : String.valueOf(map.get("$ref")).substring(2).split("/", -1)) {
            target = java.util.Objects.requireNonNull(((Map<?, ?>) target).get(part), part);
        }
        return (Map<?, ?>) target;
    }

    private void check(JsonNode json, Object node, String place) {
        Map<?, ?> schema = resolve(node);
        Object type = schema.get("type");
        List<?> types = type instanceof List<?> list ? list : type == null ? List.of() : List.of(type);
        if (!types.isEmpty() && types.stream().noneMatch(one -> isOf(json, String.valueOf(one)))) {
            faults.add(place + " is " + json.getNodeType() + ", not " + types);
            return;
        }
        if (schema.get("enum") instanceof List<?> words && !words.contains(json.asText())) {
            faults.add(place + " is " + json + ", not one of " + words);
        }
        if (schema.get("pattern") instanceof String pattern
                && json.isTextual()
                && !Pattern.compile(pattern).matcher(json.asText()).find()) {
            faults.add(place + " is " + json + ", not like " + pattern);
        }
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(name -> !json.has(String.valueOf(name)))
                    .forEach(name -> faults.add(place + "." + name + " is missing"));
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                JsonNode member = json.get(String.valueOf(name));
                if (member != null) {
                    check(member, java.util.Objects.requireNonNull(property), place + "." + name);
                }
            });
        }
        Object items = schema.get("items");
        if (items != null && json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                check(json.get(i), items, place + "[" + i + "]");
            }
        }
    }

    private static boolean isOf(JsonNode json, String type) {
        return switch (type) {
            case "object" -> json.isObject();
            case "array" -> json.isArray();
            case "string" -> json.isTextual();
            case "integer" -> json.isIntegralNumber();
            case "number" -> json.isNumber();
            case "boolean" -> json.isBoolean();
            case "null" -> json.isNull();
            default -> false;
        };
    }
}

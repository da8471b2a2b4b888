package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravanhub.text.CsvCell;
import org.jspecify.annotations.Nullable;

/** A JSON value that was read. The streaming half of Jackson alone: binding would double the time that a command takes to start. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Like null. */
    static final Json NOTHING = new Json(null);

    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /** @throws IOException if it is not JSON */
    static Json parse(byte[] bytes) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw new IOException("empty");
            }
            return new Json(read(parser));
        }
    }

    /** The member as text: text as it is, numbers as they were written; empty if it is missing or null. */
    Optional<String> text(String name) {
        Object member = member(name).value;
        return member == null ? Optional.empty() : Optional.of(member.toString());
    }

    /** The member as text, or empty text. */
    String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    /** The member as a number; 0 if it is none. */
    long number(String name) {
        return member(name).value instanceof Number number ? number.longValue() : 0;
    }

    /** The member; null's like if it is missing. */
    Json member(String name) {
        return new Json(value instanceof Map<?, ?> object ? object.get(name) : null);
    }

    /** The elements of an array; none if it is no array. */
    List<Json> items() {
        return value instanceof List<?> array ? array.stream().map(Json::new).toList() : List.of();
    }

    /** The member's elements as text; none if it is no array. */
    List<String> texts(String name) {
        return member(name).items().stream()
                .map(item -> String.valueOf(item.value))
                .toList();
    }

    /** The members of an object, name to value as text; none if it is no object. */
    Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> members.put(String.valueOf(name), String.valueOf(member)));
        }
        return members;
    }

    /** This value as a number, if it is one. */
    Optional<Double> asNumber() {
        return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    /** As JSON, without spaces; empty if it is null or missing. */
    String written() {
        return value == null ? "" : written(value);
    }

    /** Maps, lists, text, numbers and truth values as JSON, without spaces. */
    static String written(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(member ->
                            CsvCell.textAsJson(String.valueOf(member.getKey())) + ":" + written(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> array) {
            return array.stream().map(Json::written).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? CsvCell.textAsJson(text) : String.valueOf(value);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, read(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(parser));
                }
                yield array;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new java.math.BigDecimal(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }
}

package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code key=value} as JSON: numbers, true, false, null, objects and lists are what they look like, all else is text. */
final class Assignments {
    private static final JsonFactory JSON = new JsonFactory();

    private Assignments() {}

    /**
     * The JSON object that these make.
     *
     * @param isNested whether {@code wifi.power=9} means a member of a member
     */
    static byte[] json(List<String> assignments, boolean isNested) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new CommandFailed(
                        ExitCode.USAGE, "\"" + assignment + "\" assigns nothing", "write it as interval_s=60");
            }
            String key = assignment.substring(0, equals);
            put(tree, isNested ? key.split("\\.", -1) : new String[] {key}, assignment.substring(equals + 1));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, tree);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked") // made below
    private static void put(Map<String, Object> tree, String[] path, String value) {
        Map<String, Object> at = tree;
        for (int i = 0; i < path.length - 1; i++) {
            Object next = at.computeIfAbsent(path[i], name -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map<?, ?>)) {
                throw new CommandFailed(
                        ExitCode.USAGE, "\"" + path[i] + "\" is assigned a value, and a member of it too", "");
            }
            at = (Map<String, Object>) next;
        }
        at.put(path[path.length - 1], value);
    }

    private static void write(JsonGenerator json, Map<String, Object> tree) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Object> member : tree.entrySet()) {
            json.writeFieldName(member.getKey());
            if (member.getValue() instanceof Map<?, ?> inner) {
                @SuppressWarnings("unchecked") // made above
                Map<String, Object> nested = (Map<String, Object>) inner;
                write(json, nested);
            } else if (isJson(String.valueOf(member.getValue()))) {
                json.writeRawValue(String.valueOf(member.getValue()));
            } else {
                json.writeString(String.valueOf(member.getValue()));
            }
        }
        json.writeEndObject();
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}

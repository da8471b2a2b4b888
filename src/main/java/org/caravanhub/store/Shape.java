package org.caravanhub.store;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Names of metrics that come together. A device sends the same names for years; kept once here, and only the values with each
 * reading, a reading takes a third of the bytes (docs/decisions/0002-row-layout.md).
 */
final class Shape {
    /** Not a list of names: "values" is the whole object. */
    static final long WHOLE_OBJECT = 0;

    private final long id;
    /** As written in JSON, without the quotes. */
    private final List<byte[]> names;

    Shape(long id, List<byte[]> names) {
        this.id = id;
        this.names = names;
    }

    long id() {
        return id;
    }

    /**
     * The values of these metrics as a JSON array.
     *
     * @param metrics a checked JSON object
     * @return empty if its names are not this shape's, in this order
     */
    Optional<byte[]> valuesOf(byte[] metrics) {
        Members members = new Members(metrics);
        ByteArrayOutputStream values = new ByteArrayOutputStream(metrics.length / 2);
        for (byte[] name : names) {
            if (!members.next() || !members.nameIs(name)) {
                return Optional.empty();
            }
            values.write(values.size() == 0 ? '[' : ',');
            members.writeValue(values);
        }
        if (members.next()) {
            return Optional.empty();
        }
        values.write(']');
        return Optional.of(values.toByteArray());
    }

    /** The names in a checked JSON object, as written, without the quotes. */
    static List<byte[]> namesOf(byte[] metrics) {
        List<byte[]> names = new ArrayList<>();
        Members members = new Members(metrics);
        while (members.next()) {
            names.add(members.name());
        }
        return names;
    }

    /** The names as a JSON array. */
    static byte[] array(List<byte[]> names) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (byte[] name : names) {
            array.write(array.size() == 0 ? '[' : ',');
            array.write('"');
            array.writeBytes(name);
            array.write('"');
        }
        array.write(']');
        return array.toByteArray();
    }

    /** Walks the members of a JSON object that is known to be valid. */
    private static final class Members {
        private final byte[] json;
        private int at = 1;
        private int nameStart;
        private int nameEnd;
        private int valueStart;
        private int valueEnd;

        Members(byte[] json) {
            this.json = json;
            at = skip(0) + 1;
        }

        boolean next() {
            at = skip(at);
            if (json[at] == '}') {
                return false;
            }
            if (json[at] == ',') {
                at = skip(at + 1);
            }
            nameStart = at + 1;
            nameEnd = endOfText(nameStart);
            valueStart = skip(skip(nameEnd + 1) + 1);
            valueEnd = endOfValue(valueStart);
            at = valueEnd;
            return true;
        }

        boolean nameIs(byte[] name) {
            return Arrays.equals(json, nameStart, nameEnd, name, 0, name.length);
        }

        byte[] name() {
            return Arrays.copyOfRange(json, nameStart, nameEnd);
        }

        void writeValue(ByteArrayOutputStream out) {
            out.write(json, valueStart, valueEnd - valueStart);
        }

        private int skip(int from) {
            int i = from;
            while (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t') {
                i++;
            }
            return i;
        }

        /** The position of the closing quote. */
        private int endOfText(int from) {
            int i = from;
            while (json[i] != '"') {
                i += json[i] == '\\' ? 2 : 1;
            }
            return i;
        }

        private int endOfValue(int from) {
            int depth = 0;
            for (int i = from; ; i++) {
                switch (json[i]) {
                    case '"' -> i = endOfText(i + 1);
                    case '{', '[' -> depth++;
                    case '}', ']' -> {
                        if (depth == 0) {
                            return i;
                        }
                        depth--;
                    }
                    case ',', ' ', '\n', '\r', '\t' -> {
                        if (depth == 0) {
                            return i;
                        }
                    }
                    default -> {}
                }
            }
        }
    }
}

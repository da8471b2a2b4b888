package org.caravanhub.store;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Walks the members of a JSON object, or the elements of an array, that is known to be valid; hands out pieces of its bytes as they are. */
final class JsonSlices {
    private final byte[] json;
    private int at;
    private int nameStart;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;

    JsonSlices(byte[] json) {
        this.json = json;
        this.at = skip(0) + 1;
    }

    /** The same JSON without blanks between its tokens. */
    static byte[] compact(byte[] json) {
        byte[] compact = new byte[json.length];
        int length = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (b == '"') {
                quoted = !quoted;
            } else if (b == '\\' && quoted) {
                compact[length++] = b;
                b = json[++i];
            }
            if (quoted || b != ' ') {
                compact[length++] = b;
            }
        }
        return Arrays.copyOf(compact, length);
    }

    /** Goes to the next member of the object. */
    boolean nextMember() {
        if (!toNext('}')) {
            return false;
        }
        nameStart = at + 1;
        nameEnd = endOfText(nameStart);
        value(skip(skip(nameEnd + 1) + 1));
        return true;
    }

    /** Goes to the next element of the array. */
    boolean nextElement() {
        if (!toNext(']')) {
            return false;
        }
        value(at);
        return true;
    }

    /** Whether the member's name, as written, is this. */
    boolean nameIs(byte[] name) {
        return Arrays.equals(json, nameStart, nameEnd, name, 0, name.length);
    }

    /** The member's name as written, without the quotes. */
    byte[] name() {
        return Arrays.copyOfRange(json, nameStart, nameEnd);
    }

    /** The value as written. */
    void writeValue(ByteArrayOutputStream out) {
        out.write(json, valueStart, valueEnd - valueStart);
    }

    private boolean toNext(char end) {
        at = skip(at);
        if (json[at] == end) {
            return false;
        }
        if (json[at] == ',') {
            at = skip(at + 1);
        }
        return true;
    }

    private void value(int start) {
        valueStart = start;
        valueEnd = endOfValue(start);
        at = valueEnd;
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

package org.caravanhub.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a flat JSON object apart without building it: names in one piece, values in another. Only for checked objects. */
final class FlatObject {
    /** Most members that are taken apart. */
    static final int LIMIT = 64;

    private final int[] marks = new int[LIMIT * 4];
    private byte[] json = new byte[0];
    private int count;

    /** Finds the members of this object. */
    FlatObject read(byte[] object) {
        json = object;
        count = 0;
        int at = 1;
        while (true) {
            while (object[at] != '"' && object[at] != '}') {
                at++;
            }
            if (object[at] == '}') {
                return this;
            }
            int nameFrom = ++at;
            while (object[at] != '"') {
                at++;
            }
            int nameTo = at++;
            while (object[at] == ':' || object[at] == ' ') {
                at++;
            }
            int valueFrom = at;
            boolean quoted = false;
            while (quoted || object[at] != ',' && object[at] != '}') {
                quoted ^= object[at] == '"';
                at++;
            }
            int mark = 4 * count++;
            marks[mark] = nameFrom;
            marks[mark + 1] = nameTo;
            marks[mark + 2] = valueFrom;
            marks[mark + 3] = at;
        }
    }

    int count() {
        return count;
    }

    String name(int member) {
        return new String(
                json, marks[4 * member], marks[4 * member + 1] - marks[4 * member], StandardCharsets.US_ASCII);
    }

    String value(int member) {
        return new String(
                json, marks[4 * member + 2], marks[4 * member + 3] - marks[4 * member + 2], StandardCharsets.UTF_8);
    }

    /** A number for the names and their order: equal objects of names have equal numbers. */
    int shape() {
        int hash = count;
        for (int member = 0; member < count; member++) {
            for (int at = marks[4 * member]; at < marks[4 * member + 1]; at++) {
                hash = hash * 31 + json[at];
            }
        }
        return hash;
    }

    /** The values alone, as a JSON array. */
    byte[] values() {
        byte[] array = new byte[json.length];
        int length = 0;
        for (int member = 0; member < count; member++) {
            array[length++] = (byte) (member == 0 ? '[' : ',');
            int size = marks[4 * member + 3] - marks[4 * member + 2];
            System.arraycopy(json, marks[4 * member + 2], array, length, size);
            length += size;
        }
        array[length++] = ']';
        return Arrays.copyOf(array, length);
    }
}

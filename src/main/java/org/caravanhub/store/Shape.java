package org.caravanhub.store;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
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
        JsonSlices members = new JsonSlices(metrics);
        ByteArrayOutputStream values = new ByteArrayOutputStream(metrics.length / 2);
        for (byte[] name : names) {
            if (!members.nextMember() || !members.nameIs(name)) {
                return Optional.empty();
            }
            values.write(values.size() == 0 ? '[' : ',');
            members.writeValue(values);
        }
        if (members.nextMember()) {
            return Optional.empty();
        }
        values.write(']');
        return Optional.of(values.toByteArray());
    }

    /** The names in a checked JSON object, as written, without the quotes. */
    static List<byte[]> namesOf(byte[] metrics) {
        List<byte[]> names = new ArrayList<>();
        JsonSlices members = new JsonSlices(metrics);
        while (members.nextMember()) {
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

    /**
     * Puts names and values together again.
     *
     * @param names a JSON array, as {@link #array} makes it
     * @param values as {@link #valuesOf} makes it
     */
    static byte[] object(byte[] names, byte[] values) {
        JsonSlices name = new JsonSlices(names);
        JsonSlices value = new JsonSlices(values);
        ByteArrayOutputStream object = new ByteArrayOutputStream(names.length + values.length);
        while (name.nextElement() && value.nextElement()) {
            object.write(object.size() == 0 ? '{' : ',');
            name.writeValue(object);
            object.write(':');
            value.writeValue(object);
        }
        object.write('}');
        return object.toByteArray();
    }
}

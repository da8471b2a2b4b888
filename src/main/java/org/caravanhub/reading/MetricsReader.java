package org.caravanhub.reading;

import java.util.Arrays;
import org.caravanhub.reading.Malformed.Cause;

/**
 * Metrics out of a document, byte for byte as the device wrote them: an object of their own, or those members of a flat object that
 * are not something else.
 */
final class MetricsReader {
    private static final String OBJECT = "an object such as {\"temperature_c\":21.4}";

    private int[] bounds = {};
    private int size;
    private int bytes;

    /** The object that comes next, as a whole. Its names must be fit for metrics, and there must be at least one. */
    static Metrics readObject(JsonReader json, String field) {
        byte first = json.peek();
        int from = json.position();
        if (first != '{') {
            json.skipValue();
            throw json.unexpected(
                    first == 'n' ? Cause.MISSING_FIELD : Cause.WRONG_TYPE, from, field + " to be " + OBJECT);
        }
        json.enterObject();
        boolean isEmpty = true;
        while (json.nextMember()) {
            json.checkMetricName();
            json.skipValue();
            isEmpty = false;
        }
        if (isEmpty) {
            throw json.flaw(Cause.NO_METRICS, from, field + " is empty; expected " + OBJECT);
        }
        return Metrics.ofChecked(json.copy(from, json.position()));
    }

    void clear() {
        size = 0;
        bytes = 0;
    }

    /** Takes the member just reached, name and value. */
    void takeMember(JsonReader json) {
        json.checkMetricName();
        int from = json.nameStart();
        json.skipValue();
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(32, 2 * size));
        }
        bounds[size++] = from;
        bounds[size++] = json.position();
        bytes += json.position() - from;
    }

    /** The members taken; a flaw if there is none. */
    Metrics taken(JsonReader json) {
        if (size == 0) {
            throw new Flaw(
                    Cause.NO_METRICS, "there is no metric; expected at least one, such as \"temperature_c\":21.4");
        }
        byte[] object = new byte[bytes + size / 2 + 1];
        int at = 0;
        for (int i = 0; i < size; i += 2) {
            object[at++] = i == 0 ? (byte) '{' : (byte) ',';
            json.copy(bounds[i], bounds[i + 1], object, at);
            at += bounds[i + 1] - bounds[i];
        }
        object[at] = '}';
        return Metrics.ofChecked(object);
    }
}

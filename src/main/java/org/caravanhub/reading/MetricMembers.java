package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;

/** Walks the members of {@link Metrics}, each as it was written. Reused from reading to reading; of one thread. */
public final class MetricMembers {
    private final JsonReader json = new JsonReader();
    private byte[] bytes = {};
    private int valueFrom;

    /** Stands before the first member of these metrics. */
    public void open(Metrics metrics) {
        bytes = metrics.json();
        json.open(bytes, 0, bytes.length);
        json.peek();
        json.enterObject();
        valueFrom = -1;
    }

    /** Goes to the next member; false if there is none. */
    public boolean next() {
        if (valueFrom >= 0) {
            skipValue();
        }
        boolean isThere = json.nextMember();
        if (isThere) {
            json.peek();
            valueFrom = json.position();
        }
        return isThere;
    }

    /** The name of the member, in its quotes. */
    public String name() {
        int from = json.nameStart();
        int to = from + 1;
        while (bytes[to] != '"') {
            to += bytes[to] == '\\' ? 2 : 1;
        }
        return text(from, to + 1);
    }

    /** The value of the member as JSON. To be asked once, after the name. */
    public String value() {
        int from = valueFrom;
        return text(from, skipValue());
    }

    private int skipValue() {
        json.skipValue();
        valueFrom = -1;
        return json.position();
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}

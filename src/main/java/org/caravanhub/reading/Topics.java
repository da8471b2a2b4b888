package org.caravanhub.reading;

import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/** The segments of an MQTT topic, which {@code /} separates; the first has number 0. */
final class Topics {
    private Topics() {}

    /** How many segments there are. */
    static int count(String topic) {
        int count = 1;
        for (int slash = topic.indexOf('/'); slash >= 0; slash = topic.indexOf('/', slash + 1)) {
            count++;
        }
        return count;
    }

    /** The segment with this number; empty if there is none. */
    static String segment(String topic, int number) {
        int from = 0;
        for (int i = 0; i < number; i++) {
            from = topic.indexOf('/', from) + 1;
            if (from == 0) {
                return "";
            }
        }
        int to = topic.indexOf('/', from);
        return to < 0 ? topic.substring(from) : topic.substring(from, to);
    }

    /** The segment if it may be a device's id, otherwise empty: to say whose a malformed message is. */
    static String idOrEmpty(String topic, int number) {
        String segment = segment(topic, number);
        return DeviceId.isValid(segment) ? segment : "";
    }

    /** The segment, which must be a valid id. */
    static String id(String topic, int number, String what) {
        String segment = segment(topic, number);
        if (!DeviceId.isValid(segment)) {
            throw new Flaw(
                    Cause.BAD_ID,
                    "the topic's " + what + " is " + Quoted.of(segment) + "; allowed are " + DeviceId.RULE);
        }
        return segment;
    }

    /** Refuses a topic that has not this shape, {@code {…}} standing for any segment. */
    static void mustBe(String shape, String topic) {
        boolean matches = count(shape) == count(topic);
        for (int i = 0; matches && i < count(shape); i++) {
            String wanted = segment(shape, i);
            matches = wanted.startsWith("{") || wanted.equals(segment(topic, i));
        }
        if (!matches) {
            throw new Flaw(Cause.UNKNOWN_TOPIC, "the topic " + Quoted.of(topic) + " is not of the shape " + shape);
        }
    }
}

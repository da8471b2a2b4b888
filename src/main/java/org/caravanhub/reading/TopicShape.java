package org.caravanhub.reading;

import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * A form of topic, {@code iot/{site}/{gateway}/…}, whose names in braces say whose a message is. Known names: {@code device} ({@code
 * node}, {@code tag}, {@code prefix}), {@code site}, {@code system} ({@code gateway}, {@code component}), {@code sensor} ({@code
 * measurement}, {@code object}), {@code location}, and {@code name} for what happened. All must be valid ids; a hardware address with
 * colons is one without them. Immutable.
 */
final class TopicShape {
    private final String family;
    private final String text;

    private TopicShape(String family, String text) {
        this.family = family;
        this.text = text;
    }

    static TopicShape of(String family, String text) {
        return new TopicShape(family, text);
    }

    /** Whether a topic has this form, whatever stands for its names. */
    boolean matches(String topic) {
        int count = Topics.count(text);
        boolean matches = count == Topics.count(topic);
        for (int i = 0; matches && i < count; i++) {
            String wanted = Topics.segment(text, i);
            matches = wanted.startsWith("{") || wanted.equals(Topics.segment(topic, i));
        }
        return matches;
    }

    /** Whose messages come on a topic, which must have ids where this form has names; a flaw if it has another form, or a part of it can be no id. */
    Source source(String topic) {
        Topics.mustBe(text, topic);
        String site = "";
        String system = "";
        String sensor = "";
        String location = "";
        for (int i = 0; i < Topics.count(text); i++) {
            String name = Topics.segment(text, i);
            if (name.startsWith("{")) {
                String id = id(name, Topics.segment(topic, i));
                switch (name) {
                    case "{site}" -> site = id;
                    case "{system}", "{gateway}", "{component}" -> system = id;
                    case "{sensor}", "{measurement}", "{object}" -> sensor = id;
                    case "{location}" -> location = id;
                    default -> {} // the device and the name of an event are asked for by themselves
                }
            }
        }
        String segment = Topics.segment(topic, deviceAt());
        String mac = isMac(segment) ? segment : "";
        return new Source(withoutColons(segment), family, site, system, sensor, location, mac);
    }

    /** The device that a topic names; empty if that can be no id. */
    String device(String topic) {
        String device = withoutColons(Topics.segment(topic, deviceAt()));
        return DeviceId.isValid(device) ? device : "";
    }

    /** What stands for {@code {name}} in a topic; empty if this form has no such part. */
    String name(String topic) {
        int at = at("{name}");
        return at < 0 ? "" : Topics.segment(topic, at);
    }

    private int deviceAt() {
        for (String name : new String[] {"{device}", "{node}", "{tag}", "{prefix}"}) {
            if (at(name) >= 0) {
                return at(name);
            }
        }
        throw new IllegalStateException(text + " names no device");
    }

    private int at(String name) {
        for (int i = 0; i < Topics.count(text); i++) {
            if (Topics.segment(text, i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String id(String name, String segment) {
        String id = withoutColons(segment);
        if (!DeviceId.isValid(id)) {
            throw new Flaw(
                    Cause.BAD_ID,
                    "the topic's " + name.substring(1, name.length() - 1) + " is " + Quoted.of(segment)
                            + "; allowed are " + DeviceId.RULE);
        }
        return id;
    }

    private static String withoutColons(String segment) {
        return isMac(segment) ? segment.replace(":", "") : segment;
    }

    /** {@code C8:25:2D:8E:9C:2C}. */
    private static boolean isMac(String segment) {
        boolean isMac = segment.length() == 17;
        for (int i = 0; isMac && i < 17; i++) {
            isMac = i % 3 == 2 ? segment.charAt(i) == ':' : Character.digit(segment.charAt(i), 16) >= 0;
        }
        return isMac;
    }

    @Override
    public String toString() {
        return text;
    }
}

package org.caravanhub.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the user properties out of the properties of an MQTT 5 message. */
final class UserProperties {
    private static final int USER_PROPERTY = 0x26;

    private final byte[] bytes;
    private int at;

    private UserProperties(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The user properties by name; of several with one name, the last. Names that mean something to Camel are left out: whoever may
     * publish must not be able to steer a flow. What is not well-formed, and all after it, is left out too.
     */
    static Map<String, String> of(byte @Nullable [] properties) {
        if (properties == null) {
            return Map.of();
        }
        Map<String, String> found = new LinkedHashMap<>();
        UserProperties reader = new UserProperties(properties);
        try {
            while (reader.at < properties.length) {
                reader.next(found);
            }
        } catch (IndexOutOfBoundsException malformed) {
            return found;
        }
        return found;
    }

    private void next(Map<String, String> found) {
        switch (bytes[at++]) {
            case 0x01 -> at += 1; // payload format
            case 0x02 -> at += 4; // expiry
            case 0x23 -> at += 2; // topic alias
            case 0x03, 0x08, 0x09 -> at += 2 + length(); // content type, response topic, correlation data
            case 0x0b -> skipNumber(); // subscription identifier
            case USER_PROPERTY -> {
                String name = text();
                String value = text();
                if (!meansSomethingToCamel(name)) {
                    found.put(name, value);
                }
            }
            default -> at = bytes.length;
        }
    }

    private static boolean meansSomethingToCamel(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("camel") || lower.startsWith("org.apache.camel");
    }

    private void skipNumber() {
        while (bytes[at++] < 0) {
            // each byte but the last has its highest bit set
        }
    }

    private int length() {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private String text() {
        int length = length();
        String text = new String(bytes, at + 2, length, StandardCharsets.UTF_8);
        at += 2 + length;
        return text;
    }
}

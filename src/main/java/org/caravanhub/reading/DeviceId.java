package org.caravanhub.reading;

import java.util.Optional;
import org.caravanhub.text.Quoted;

/** The rule for ids of devices: {@code [A-Za-z0-9._-]{1,64}}, but not dots alone. Case is kept, and {@code a} and {@code A} are two devices. */
public final class DeviceId {
    /** The rule in words, for messages to people. */
    public static final String RULE = "1 to 64 of A-Z a-z 0-9 . _ -";

    private DeviceId() {}

    /** Whether this text may be a device's id. */
    public static boolean isValid(String id) {
        // A dot or two mean a folder in the path of a URL.
        if (id.isEmpty() || id.length() > 64 || id.equals(".") || id.equals("..")) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /**
     * Why this text may not be a device's id, for its writer: "character 4 is U+002F \"/\"; an id is 1 to 64 of ...". Empty if it may. Only
     * letters of ASCII: two ids that look the same are the same.
     */
    public static Optional<String> flaw(String id) {
        if (isValid(id)) {
            return Optional.empty();
        }
        String what = id.isEmpty()
                ? "it is empty"
                : id.equals(".") || id.equals("..") ? "it is dots alone" : "it has " + id.length() + " characters";
        int place = 1;
        for (int i = 0; i < id.length(); place++) {
            int character = id.codePointAt(i);
            if (!isValid(Character.toString(character)) && character != '.') {
                what = "character " + place + " is " + String.format("U+%04X", character) + " "
                        + Quoted.of(Character.toString(character));
                break;
            }
            i += Character.charCount(character);
        }
        return Optional.of(what + "; an id is " + RULE);
    }
}

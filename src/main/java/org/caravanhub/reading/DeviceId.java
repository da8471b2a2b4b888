package org.caravanhub.reading;

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
}

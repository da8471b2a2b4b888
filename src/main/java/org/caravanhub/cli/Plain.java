package org.caravanhub.cli;

/** Text from elsewhere, made harmless: a device may not move the cursor of whoever reads its messages. */
final class Plain {
    private Plain() {}

    /** On one line: control characters are written as their numbers. */
    static String line(String foreign) {
        StringBuilder shown = new StringBuilder(foreign.length());
        for (int i = 0; i < foreign.length(); i++) {
            char c = foreign.charAt(i);
            if (isControl(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private static boolean isControl(char c) {
        boolean directional = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return c < ' ' || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029' || directional;
    }
}

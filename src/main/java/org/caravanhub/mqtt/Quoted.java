package org.caravanhub.mqtt;

/** Makes foreign text fit for a line of the log. */
final class Quoted {
    private static final int LONGEST = 200;

    private Quoted() {}

    /** The text without control characters, at most 200 of them. */
    static String cut(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c == '"' ? '\'' : c);
        }
        return text.length() > LONGEST ? line + "..." : line.toString();
    }
}

package org.caravanhub.reading;

/** The short texts that a device may say about itself: its location, its hardware address, its firmware's version. */
final class Locations {
    private static final int MAX_CHARS = 64;

    private Locations() {}

    /** Reads one of them. A number or a truth value is taken as text, null as none; what is longer than 64 characters is cut. */
    static String read(JsonReader json, String field, String likely) {
        return cut(json.readText(field, likely));
    }

    /** The text's first 64 characters. */
    static String cut(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
        return text.substring(0, end);
    }
}

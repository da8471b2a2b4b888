package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;

/**
 * Foreign text made safe to show in a reason, a log line or a terminal: in double quotes, on one line, at most 60 characters.
 * Control characters, line separators and those that change the direction of text appear as {@code \}{@code u202e}.
 */
final class Quoted {
    private static final int MAX_CHARS = 60;
    /** A character in UTF-8 is at most four bytes; one more character tells that something was cut. */
    private static final int MAX_BYTES = 4 * (MAX_CHARS + 1);

    private Quoted() {}

    /** These bytes as text; what is not UTF-8 appears as the replacement character. */
    static String of(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, MAX_BYTES);
        return of(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    static String of(String foreign) {
        StringBuilder quoted = new StringBuilder(Math.min(foreign.length(), MAX_CHARS) + 8).append('"');
        int index = 0;
        for (int taken = 0; index < foreign.length() && taken < MAX_CHARS; taken++) {
            int character = foreign.codePointAt(index);
            index += Character.charCount(character);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (isHarmless(character)) {
                quoted.appendCodePoint(character);
            } else {
                escape(quoted, character);
            }
        }
        return quoted.append(index < foreign.length() ? "…\"" : "\"").toString();
    }

    /** Neither a control nor a format character (bidi marks, zero widths) nor half of one. */
    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void escape(StringBuilder quoted, int character) {
        for (char unit : Character.toChars(character)) {
            String hex = Integer.toHexString(unit);
            quoted.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
        }
    }
}

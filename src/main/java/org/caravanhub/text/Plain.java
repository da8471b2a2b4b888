package org.caravanhub.text;

/**
 * Foreign text made harmless for a log line or a terminal: nobody can begin a line of their own, move the cursor or turn the
 * direction of reading. Control and format characters, line separators and halves of characters appear as {@code \}{@code u202e}.
 */
public final class Plain {
    private Plain() {}

    /** The whole text, on one line. */
    public static String line(String foreign) {
        StringBuilder line = new StringBuilder(foreign.length());
        for (int i = 0; i < foreign.length(); ) {
            int character = foreign.codePointAt(i);
            append(character, line);
            i += Character.charCount(character);
        }
        return line.toString();
    }

    /** One character, as it is or as its number. */
    static void append(int character, StringBuilder line) {
        if (isHarmless(character)) {
            line.appendCodePoint(character);
            return;
        }
        for (char unit : Character.toChars(character)) {
            String hex = Integer.toHexString(unit);
            line.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
        }
    }

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
}

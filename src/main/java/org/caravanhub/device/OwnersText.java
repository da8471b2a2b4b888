package org.caravanhub.device;

import java.util.Optional;

/** The rule for what an owner may write: any language, but nothing that hides in it. */
public final class OwnersText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private OwnersText() {}

    /**
     * What is wrong with a text, for its writer: "character 3 is U+202E, which cannot be seen". Empty if nothing is.
     *
     * @param longest how many characters (UTF-16 units) it may have
     * @param isOfLines whether it may have line ends and tabs
     */
    public static Optional<String> flaw(String text, int longest, boolean isOfLines) {
        if (text.length() > longest) {
            return Optional.of("it has " + text.length() + " characters; at most " + longest + " are kept");
        }
        int place = 1;
        for (int i = 0; i < text.length(); place++) {
            int character = text.codePointAt(i);
            if (!isAllowed(character, isOfLines)) {
                return Optional.of("character " + place + " is " + name(character) + ", which cannot be seen");
            }
            i += Character.charCount(character);
        }
        return Optional.empty();
    }

    /** {@code U+202E}. */
    public static String name(int character) {
        return String.format("U+%04X", character);
    }

    private static boolean isAllowed(int character, boolean isOfLines) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> isOfLines && (character == '\n' || character == '\t');
            // Emoji and some scripts are joined with these; the others turn the direction of reading, or are nothing at
            // all.
            case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

package org.caravanhub.text;

import java.nio.charset.StandardCharsets;

/** Foreign text safe to show inside a message: in double quotes, cut, and {@linkplain Plain harmless}. */
public final class Quoted {
    private static final int USUAL_CHARS = 60;
    private static final int GREAT_CHARS = 200;
    /** A character in UTF-8 is at most four bytes; one more character tells that something was cut. */
    private static final int USUAL_BYTES = 4 * (USUAL_CHARS + 1);

    private Quoted() {}

    /** At most 60 characters of these bytes as text; what is not UTF-8 appears as the replacement character. */
    public static String of(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, USUAL_BYTES);
        return of(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    /** At most 60 characters of the text. */
    public static String of(String foreign) {
        return of(foreign, USUAL_CHARS);
    }

    /** At most 200 characters of the text: of a topic, a file or a reason, which somebody must find again. */
    public static String atLength(String foreign) {
        return of(foreign, GREAT_CHARS);
    }

    private static String of(String foreign, int maxChars) {
        StringBuilder quoted = new StringBuilder(Math.min(foreign.length(), maxChars) + 8).append('"');
        int index = 0;
        for (int taken = 0; index < foreign.length() && taken < maxChars; taken++) {
            int character = foreign.codePointAt(index);
            index += Character.charCount(character);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else {
                Plain.append(character, quoted);
            }
        }
        return quoted.append(index < foreign.length() ? "…\"" : "\"").toString();
    }
}

package org.caravanhub.reading;

import java.util.Arrays;
import org.caravanhub.reading.Malformed.Cause;

/**
 * Escapes in texts. Two that JSON allows are refused, because no database keeps them whole: NUL, and half of a surrogate pair.
 */
final class JsonText {
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";

    private JsonText() {}

    /** Where the escape ends that begins at {@code at}; {@code start} is where the document begins, for the flaw. */
    static int escapeEnd(byte[] json, int start, int at, int end) {
        if (at + 1 < end && ESCAPES.indexOf(json[at + 1]) >= 0) {
            return at + 2;
        }
        int unit = unit(json, at, end);
        if (unit < 0) {
            throw JsonPlace.flaw(
                    Cause.NOT_JSON,
                    json,
                    start,
                    at,
                    "an escape that JSON does not know; expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
        }
        if (unit == 0) {
            throw JsonPlace.flaw(
                    Cause.WRONG_TYPE, json, start, at, "a text with the character NUL (\\u0000), which cannot be kept");
        }
        if (!Character.isSurrogate((char) unit)) {
            return at + 6;
        }
        int second = unit(json, at + 6, end);
        if (Character.isHighSurrogate((char) unit) && second >= 0 && Character.isLowSurrogate((char) second)) {
            return at + 12;
        }
        throw JsonPlace.flaw(
                Cause.NOT_UTF8,
                json,
                start,
                at,
                "\\u" + Integer.toHexString(unit) + " is half of a character, which UTF-8 cannot write");
    }

    /** The value of the {@code \}{@code uXXXX} here; negative if there is none. */
    private static int unit(byte[] json, int at, int end) {
        if (at + 6 > end || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int value = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = json[i] < 0 ? -1 : Character.digit(json[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** What a checked text says: the same bytes with its escapes resolved. */
    static byte[] unescape(byte[] json, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; ) {
            if (json[i] != '\\') {
                plain[length++] = json[i++];
            } else if (json[i + 1] != 'u') {
                plain[length++] = (byte) MEANINGS.charAt(ESCAPES.indexOf(json[i + 1]));
                i += 2;
            } else {
                int character = unit(json, i, to);
                i += 6;
                if (Character.isSurrogate((char) character)) {
                    character = Character.toCodePoint((char) character, (char) unit(json, i, to));
                    i += 6;
                }
                length = Utf8.put(plain, length, character);
            }
        }
        return Arrays.copyOf(plain, length);
    }

    /** The text as a JSON string, in its quotes. NUL, which no database keeps whole, becomes U+FFFD. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int meaning = MEANINGS.indexOf(c);
            if (meaning >= 0 && c != '/') {
                json.append('\\').append(ESCAPES.charAt(meaning));
            } else if (c == 0) {
                json.append('\uFFFD');
            } else if (c < ' ') {
                json.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** Whether there is a control character: U+0000 to U+001F, U+007F to U+009F. */
    static boolean hasControl(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean c1 = text[i] == (byte) 0xc2 && text[i + 1] < (byte) 0xa0;
            if ((text[i] >= 0 && text[i] < ' ') || text[i] == 0x7f || c1) {
                return true;
            }
        }
        return false;
    }
}

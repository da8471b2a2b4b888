package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.caravanhub.reading.Malformed.Cause;

/**
 * The words of a JSON document: texts, numbers, true, false, null. What was read last is the <em>token</em>. {@link JsonReader}
 * knows how they stand together.
 */
abstract class JsonTokens {
    static final int MAX_DOCUMENT_BYTES = 256 * 1024;
    static final int MAX_NUMBER_CHARS = 64;
    static final int MAX_STRING_BYTES = 64 * 1024;

    private static final String VALUE = "a value: a number, a text in double quotes, true, false, null, {…} or […]";

    /** The document is in here, from {@code start} to {@code end}. */
    byte[] json = {};

    private int start;
    /** Where the reader is. */
    int at;

    int end;

    byte[] token = {};
    int tokenFrom;
    int tokenTo;
    private boolean tokenIsAscii;

    /** Goes to the begin of a document that is {@code json} from {@code from} to {@code to}. */
    final void begin(byte[] json, int from, int to) {
        this.json = json;
        start = from;
        at = from;
        end = to;
        if (to - from > MAX_DOCUMENT_BYTES) {
            throw new Flaw(Cause.TOO_LARGE, (to - from) + " bytes; at most " + MAX_DOCUMENT_BYTES + " are read");
        }
        if (to - from >= 3
                && json[from] == (byte) 0xef
                && json[from + 1] == (byte) 0xbb
                && json[from + 2] == (byte) 0xbf) {
            at += 3; // a byte order mark says nothing in UTF-8, and some tools cannot leave it out
        }
        if (to - from >= 2
                && (json[from] == 0 || json[from + 1] == 0 || isByteOrderMark16(json[from], json[from + 1]))) {
            throw new Flaw(Cause.NOT_UTF8, "at byte 1: this looks like UTF-16 or UTF-32; send UTF-8");
        }
    }

    private static boolean isByteOrderMark16(byte one, byte two) {
        return (one == (byte) 0xff && two == (byte) 0xfe) || (one == (byte) 0xfe && two == (byte) 0xff);
    }

    /** Where the reader is: behind what was read last, or at the value that {@link #peek()} saw. */
    final int position() {
        return at;
    }

    /** The first byte of what comes next; the reader stands on it. Not yet checked. */
    final byte peek() {
        skipSpace();
        if (at >= end) {
            throw unexpected(at, "more of the JSON: it is not complete");
        }
        return json[at];
    }

    /** Ends the document: nothing but white space may follow. */
    final void close() {
        skipSpace();
        if (at < end) {
            throw json[at] == 0
                    ? flaw(Cause.NOT_JSON, at, "a NUL byte follows the JSON; publish its length without the final NUL")
                    : unexpected(at, "nothing more after the JSON");
        }
    }

    /** Reads the string that comes next into the token. */
    final void readString() {
        int i = at + 1;
        boolean escaped = false;
        boolean ascii = true;
        while (true) {
            if (i >= end) {
                throw flaw(Cause.NOT_JSON, at, "a text begins that does not end: a closing \" was expected");
            }
            byte next = json[i];
            if (next > '"' && next != '\\') {
                i++;
            } else if (next == '"') {
                break;
            } else if (next == '\\') {
                escaped = true;
                i = JsonText.escapeEnd(json, start, i, end);
            } else if (next >= ' ') {
                i++;
            } else if (next >= 0) {
                throw flaw(Cause.NOT_JSON, i, "a control character inside a text; escape it as \\n, \\t or \\u00XX");
            } else {
                ascii = false;
                i = nextCharacter(i);
            }
        }
        if (i - at > MAX_STRING_BYTES) {
            throw flaw(Cause.TOO_LARGE, at, "a text longer than " + MAX_STRING_BYTES + " bytes");
        }
        setToken(json, at + 1, i, ascii);
        if (escaped) {
            byte[] plain = JsonText.unescape(json, at + 1, i);
            setToken(plain, 0, plain.length, false);
        }
        at = i + 1;
    }

    private int nextCharacter(int i) {
        int next = Utf8.end(json, i, end);
        if (next == i) {
            throw JsonPlace.flaw(Cause.NOT_UTF8, json, start, i, "the byte 0x" + hex(json[i]) + " is not UTF-8");
        }
        return next;
    }

    private static String hex(byte value) {
        return Integer.toHexString(value & 0xff);
    }

    /** Reads the number, true, false or null that comes next into the token. */
    final void readLiteral(byte next) {
        int to =
                switch (next) {
                    case 't' -> wordEnd("true");
                    case 'f' -> wordEnd("false");
                    case 'n' -> wordEnd("null");
                    default -> JsonNumber.end(json, at, end);
                };
        if (to == at) {
            throw notAValue();
        }
        if (next <= '9') {
            checkNumber(to);
        }
        setToken(json, at, to, true);
        at = to;
    }

    private int wordEnd(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || json[at + i] != word.charAt(i)) {
                return at;
            }
        }
        return at + word.length();
    }

    private void checkNumber(int to) {
        if (to - at > MAX_NUMBER_CHARS) {
            throw flaw(Cause.TOO_LARGE, at, "a number of " + (to - at) + " characters; at most " + MAX_NUMBER_CHARS);
        }
        if (to < end && json[to] >= '0' && json[to] <= '9') {
            throw unexpected(at, "a number without a 0 in front");
        }
        if (JsonNumber.hasExponent(json, at, to) && Double.isInfinite(JsonNumber.toDouble(json, at, to))) {
            throw unexpected(Cause.NOT_FINITE, at, "a number within ±1.8e308");
        }
    }

    private Flaw notAValue() {
        if (JsonNumber.isNotFinite(json, at, end)) {
            return unexpected(Cause.NOT_FINITE, at, "a finite number; leave the value out, or send null");
        }
        if (json[at] < 0) {
            nextCharacter(at);
        }
        return unexpected(at, VALUE);
    }

    // ── what was read last: a name, a string without its quotes, a number ──

    final void setToken(byte[] text, int from, int to, boolean isAscii) {
        token = text;
        tokenFrom = from;
        tokenTo = to;
        tokenIsAscii = isAscii;
    }

    /** The array that the token is in; do not change it. */
    final byte[] token() {
        return token;
    }

    final int tokenFrom() {
        return tokenFrom;
    }

    final int tokenTo() {
        return tokenTo;
    }

    /** The token as a text; {@code likely} itself, which costs nothing, if it is that. */
    final String tokenText(String likely) {
        if (tokenEquals(likely)) {
            return likely;
        }
        return new String(
                token,
                tokenFrom,
                tokenTo - tokenFrom,
                tokenIsAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    final boolean tokenEquals(String ascii) {
        int length = ascii.length();
        if (length != tokenTo - tokenFrom) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (token[tokenFrom + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A copy of these bytes of the document, as they came. */
    final byte[] copy(int from, int to) {
        return Arrays.copyOfRange(json, from, to);
    }

    /** Copies these bytes of the document into another array. */
    final void copy(int from, int to, byte[] into, int at) {
        System.arraycopy(json, from, into, at, to - from);
    }

    // ── what is wrong ──

    /** A flaw at a position of the document. */
    final Flaw flaw(Cause cause, int position, String detail) {
        return JsonPlace.flaw(cause, json, start, position, detail);
    }

    /** A flaw at a position of the document: something else was expected than is there. */
    final Flaw unexpected(Cause cause, int position, String expected) {
        return JsonPlace.unexpected(cause, json, start, position, end, expected);
    }

    final Flaw unexpected(int position, String expected) {
        if (position < end && json[position] < 0) {
            nextCharacter(position);
        }
        return unexpected(Cause.NOT_JSON, position, expected);
    }

    final void skipSpace() {
        while (at < end && isSpace(json[at])) {
            at++;
        }
    }

    /** White space between tokens. */
    static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
}

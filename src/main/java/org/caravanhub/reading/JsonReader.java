package org.caravanhub.reading;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.caravanhub.reading.Malformed.Cause;

/**
 * Reads one JSON document (RFC 8259, UTF-8) from bytes: strictly, in one pass, within limits, without building a tree. Whoever
 * reads pulls members and values in the order of the document; what is wrong is thrown as a {@link Flaw} that says what, at
 * which byte, and what was expected. Why the hub has its own: {@code docs/decisions/0003-own-json-reader.md}.
 *
 * <p>Reused from message to message; of one thread.
 */
final class JsonReader {
    static final int MAX_DOCUMENT_BYTES = 256 * 1024;
    static final int MAX_DEPTH = 32;
    static final int MAX_NUMBER_CHARS = 64;
    static final int MAX_NAME_CHARS = 128;
    static final int MAX_STRING_BYTES = 64 * 1024;
    static final int MAX_MEMBERS = 1024;

    private static final String VALUE = "a value: a number, a text in double quotes, true, false, null, {…} or […]";

    private final JsonNames names = new JsonNames();
    private byte[] json = {};
    private int start;
    private int at;
    private int end;

    private int depth;
    /** Bit n is set if the container at depth n is an object. */
    private long objects;
    /** Whether the innermost container was just entered. */
    private boolean fresh;

    private int nameStart;
    private boolean nameIsPlain;

    private byte[] token = {};
    private int tokenFrom;
    private int tokenTo;
    private boolean tokenIsAscii;

    /** Begins a document that is {@code json} from {@code from} to {@code to}. Places in flaws count from {@code from}. */
    void open(byte[] json, int from, int to) {
        this.json = json;
        start = from;
        at = from;
        end = to;
        depth = 0;
        objects = 0;
        fresh = false;
        names.clear();
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

    /** Ends the document: nothing but white space may follow. */
    void close() {
        skipSpace();
        if (at < end) {
            throw json[at] == 0
                    ? flaw(Cause.NOT_JSON, at, "a NUL byte follows the JSON; publish its length without the final NUL")
                    : unexpected(at, "nothing more after the JSON");
        }
    }

    /** Where the reader is: behind what was read last, or at the value that {@link #peek()} saw. */
    int position() {
        return at;
    }

    /** The first byte of what comes next; the reader stands on it. Not yet checked. */
    byte peek() {
        skipSpace();
        if (at >= end) {
            throw unexpected(at, depth == 0 ? VALUE : "the end of what was begun");
        }
        return json[at];
    }

    // ── objects and arrays ──

    void enterObject() {
        enter(true);
    }

    void enterArray() {
        enter(false);
    }

    private void enter(boolean isObject) {
        if (depth == MAX_DEPTH) {
            throw flaw(Cause.TOO_DEEP, at, "more than " + MAX_DEPTH + " objects and arrays inside each other");
        }
        at++;
        depth++;
        names.enter(depth);
        objects = isObject ? objects | 1L << depth : objects & ~(1L << depth);
        fresh = true;
    }

    private boolean leave() {
        at++;
        names.leave(depth);
        depth--;
        fresh = false;
        return false;
    }

    /** Goes to the value of the object's next member, whose name is then known; false if there is none, and the object is left. */
    boolean nextMember() {
        byte next = peek();
        if (next == '}') {
            return leave();
        }
        if (!fresh) {
            if (next != ',') {
                throw unexpected(at, "a comma or }");
            }
            at++;
            next = peek();
        }
        fresh = false;
        if (next != '"') {
            throw unexpected(at, "a name in double quotes");
        }
        readName();
        if (peek() != ':') {
            throw unexpected(at, "a colon");
        }
        at++;
        return true;
    }

    /** Goes to the array's next value; false if there is none, and the array is left. */
    private boolean nextElement() {
        byte next = peek();
        if (next == ']') {
            return leave();
        }
        if (!fresh) {
            if (next != ',') {
                throw unexpected(at, "a comma or ]");
            }
            at++;
        }
        fresh = false;
        return true;
    }

    /** Checks the value that comes next, whatever it is, and goes behind it. */
    void skipValue() {
        int floor = depth;
        do {
            byte next = peek();
            if (next == '"') {
                readString();
            } else if (next == '{') {
                enterObject();
            } else if (next == '[') {
                enterArray();
            } else {
                readLiteral(next);
            }
            while (depth > floor && !((objects >>> depth & 1) == 1 ? nextMember() : nextElement())) {
                // leaves all that ends here
            }
        } while (depth > floor);
    }

    // ── names ──

    private void readName() {
        nameStart = at;
        int i = at + 1;
        int hash = 0;
        byte next = 0;
        while (i < end && (next = json[i]) > '"' && next < 0x7f && next != '\\') {
            hash = 31 * hash + next;
            i++;
        }
        if (i < end && next == '"') {
            nameIsPlain = true;
            setToken(json, at + 1, i, true);
            at = i + 1;
        } else { // a space, an escape or what is not ASCII: the long way
            nameIsPlain = false;
            readString();
            hash = 0;
            for (int k = tokenFrom; k < tokenTo; k++) {
                hash = 31 * hash + token[k];
            }
        }
        if (tokenTo - tokenFrom > MAX_NAME_CHARS && Utf8.count(token, tokenFrom, tokenTo) > MAX_NAME_CHARS) {
            throw flaw(Cause.TOO_LARGE, nameStart, "a name longer than " + MAX_NAME_CHARS + " characters");
        }
        if (names.count(depth) == MAX_MEMBERS) {
            throw flaw(Cause.TOO_LARGE, nameStart, "more than " + MAX_MEMBERS + " members in one object");
        }
        if (!names.add(token, tokenFrom, tokenTo, hash, depth)) {
            String name = Quoted.of(token, tokenFrom, tokenTo);
            throw flaw(Cause.DUPLICATE_KEY, nameStart, name + " is given twice; which one counts?");
        }
    }

    /** Whether the member just reached has this name. The name is ASCII. To be asked before its value is read. */
    boolean nameIs(String name) {
        return tokenEquals(name);
    }

    /** Where the name of the member just reached begins, at its opening quote. */
    int nameStart() {
        return nameStart;
    }

    /** Refuses the name of the member just reached if it cannot name a metric: it is empty, or has a control character. */
    void checkMetricName() {
        if (tokenFrom == tokenTo) {
            throw flaw(Cause.WRONG_TYPE, nameStart, "a metric without a name");
        }
        if (!nameIsPlain && JsonText.hasControl(token, tokenFrom, tokenTo)) {
            throw flaw(
                    Cause.WRONG_TYPE,
                    nameStart,
                    "the metric's name " + Quoted.of(token, tokenFrom, tokenTo) + " has a control character");
        }
    }

    // ── values ──

    /** Reads a text, true, false, or a number as the text it is; null as none. {@code likely} is given back if that is what it says. */
    String readText(String field, String likely) {
        byte next = peek();
        if (next == '{' || next == '[') {
            throw unexpected(Cause.WRONG_TYPE, at, "a text as " + field);
        }
        skipValue();
        return next == 'n' ? "" : tokenText(likely);
    }

    /** Reads the string that comes next into the token. */
    void readString() {
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
    private void readLiteral(byte next) {
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
        if (JsonNumber.mayBeInfinite(json, at, to) && Double.isInfinite(JsonNumber.toDouble(json, at, to))) {
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

    private void setToken(byte[] text, int from, int to, boolean isAscii) {
        token = text;
        tokenFrom = from;
        tokenTo = to;
        tokenIsAscii = isAscii;
    }

    /** The array that the token is in; do not change it. */
    byte[] token() {
        return token;
    }

    int tokenFrom() {
        return tokenFrom;
    }

    int tokenTo() {
        return tokenTo;
    }

    /** The token as a text; {@code likely} itself, which costs nothing, if it is that. */
    String tokenText(String likely) {
        if (tokenEquals(likely)) {
            return likely;
        }
        return new String(
                token,
                tokenFrom,
                tokenTo - tokenFrom,
                tokenIsAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private boolean tokenEquals(String ascii) {
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
    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(json, from, to);
    }

    /** Copies these bytes of the document into another array. */
    void copy(int from, int to, byte[] into, int at) {
        System.arraycopy(json, from, into, at, to - from);
    }

    // ── what is wrong ──

    /** A flaw at a position of the document. */
    Flaw flaw(Cause cause, int position, String detail) {
        return JsonPlace.flaw(cause, json, start, position, detail);
    }

    /** A flaw at a position of the document: something else was expected than is there. */
    Flaw unexpected(Cause cause, int position, String expected) {
        return JsonPlace.unexpected(cause, json, start, position, end, expected);
    }

    private Flaw unexpected(int position, String expected) {
        if (position < end && json[position] < 0) {
            nextCharacter(position);
        }
        return unexpected(Cause.NOT_JSON, position, expected);
    }

    private void skipSpace() {
        while (at < end && isSpace(json[at])) {
            at++;
        }
    }

    /** White space between tokens. */
    static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
}

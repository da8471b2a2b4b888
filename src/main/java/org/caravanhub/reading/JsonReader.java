package org.caravanhub.reading;

import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * Reads one JSON document (RFC 8259, UTF-8) from bytes: strictly, in one pass, within limits, without building a tree. Whoever
 * reads pulls members and values in the order of the document; what is wrong is thrown as a {@link Flaw} that says what, at
 * which byte, and what was expected. Why the hub has its own: {@code docs/decisions/0003-own-json-reader.md}.
 *
 * <p>Reused from message to message; of one thread.
 */
final class JsonReader extends JsonTokens {
    static final int MAX_DEPTH = 32;
    static final int MAX_NAME_CHARS = 128;
    static final int MAX_MEMBERS = 1024;

    private final JsonNames names = new JsonNames();
    private int depth;
    /** Bit n is set if the container at depth n is an object. */
    private long objects;
    /** Whether the innermost container was just entered. */
    private boolean fresh;

    private int nameStart;
    private boolean nameIsPlain;

    /** Begins a document that is {@code json} from {@code from} to {@code to}. Places in flaws count from {@code from}. */
    void open(byte[] json, int from, int to) {
        depth = 0;
        objects = 0;
        fresh = false;
        names.clear();
        begin(json, from, to);
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
    boolean nextElement() {
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
}

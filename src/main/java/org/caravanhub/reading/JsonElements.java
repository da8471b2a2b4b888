package org.caravanhub.reading;

/**
 * Finds where the elements of a JSON array lie, by its brackets, quotes and commas alone, so that an element which is wrong in
 * itself does not hide its neighbours. What an element says is checked by whoever reads it.
 */
final class JsonElements {
    private final byte[] json;
    private int at;
    private int from;
    private boolean begun;

    /** Begins behind the array's opening bracket, which is at {@code open}. */
    JsonElements(byte[] json, int open) {
        this.json = json;
        this.at = open + 1;
    }

    /**
     * Goes to the next element; false behind the last one. If the brackets do not add up, the element reaches to the end of the
     * bytes.
     */
    boolean next() {
        boolean afterComma = begun && at < json.length && json[at] == ',';
        if (afterComma) {
            at++;
        }
        skipSpace();
        if (!afterComma && (at == json.length || json[at] == ']')) {
            return false;
        }
        begun = true;
        from = at;
        skipElement();
        return true;
    }

    /** Where the element just reached begins. */
    int from() {
        return from;
    }

    /** Where the element just reached ends; without one, where the array's closing bracket should be. */
    int to() {
        return at;
    }

    /** To the comma or bracket behind the element. */
    private void skipElement() {
        int depth = 0;
        while (at < json.length) {
            byte next = json[at];
            if (next == '"') {
                skipText();
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (depth == 0 && (next == ',' || next == ']')) {
                return;
            } else if (next == '}' || next == ']') {
                depth--;
            }
            at++;
        }
        at = json.length;
    }

    /** To the closing quote. */
    private void skipText() {
        at++;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
    }

    private void skipSpace() {
        while (at < json.length && JsonReader.isSpace(json[at])) {
            at++;
        }
    }
}

package org.caravanhub.reading;

import org.caravanhub.text.Quoted;

/**
 * Says where in a document something is wrong, and what is there: {@code at byte 57 (line 3, column 4): found "x"; expected …}.
 * Bytes, lines and columns count from 1, columns in bytes; made only for a message that is already known to be bad.
 */
final class JsonPlace {
    private JsonPlace() {}

    /** A flaw at a position: {@code detail} follows the place. */
    static Flaw flaw(Malformed.Cause kind, byte[] json, int start, int at, String detail) {
        return new Flaw(kind, place(json, start, at) + ": " + detail, at - start + 1, detail);
    }

    /** A flaw at a position: what is found there, and what was expected instead. */
    static Flaw unexpected(Malformed.Cause kind, byte[] json, int start, int at, int end, String expected) {
        return flaw(kind, json, start, at, found(json, at, end) + "; expected " + expected);
    }

    private static String found(byte[] json, int at, int end) {
        if (at >= end) {
            return "the message ends";
        }
        return json[at] == '"'
                ? "found the text " + Quoted.of(json, at + 1, textEnd(json, at, end))
                : "found " + Quoted.of(json, at, wordEnd(json, at, end));
    }

    /** To the closing quote. */
    private static int textEnd(byte[] json, int at, int end) {
        int i = at + 1;
        while (i < end && json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return Math.min(i, end);
    }

    /** Up to the end of a word, so that what is shown can be searched for; a sign is shown alone. */
    private static int wordEnd(byte[] json, int at, int end) {
        int i = at;
        while (i < end && " \t\r\n,:{}[]\"".indexOf(json[i]) < 0) {
            i++;
        }
        return Math.max(i, at + 1);
    }

    private static String place(byte[] json, int start, int at) {
        int line = 1;
        int lineStart = start;
        for (int i = start; i < at; i++) {
            if (json[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        String bytes = "at byte " + (at - start + 1);
        return line == 1 ? bytes : bytes + " (line " + line + ", column " + (at - lineStart + 1) + ")";
    }
}

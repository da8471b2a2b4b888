package org.caravanhub.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.caravanhub.text.CsvCell;
import org.caravanhub.text.Quoted;

/**
 * Reads one point of InfluxDB's line protocol: {@code measurement,tag=value field=1.5,other="text" 1700000000000000000}. Commas, spaces and
 * equals signs in names and tags have a backslash in front, quotes and backslashes in texts too.
 */
final class LineProtocol {
    private final String line;
    private final Map<String, String> tags = new LinkedHashMap<>();
    /** Each as JSON. */
    private final Map<String, String> fields = new LinkedHashMap<>();

    private final String measurement;
    private final long time;
    private int at;

    /** What is wrong with a line, and where. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int column;

        Wrong(int column, String what) {
            super(what, null, false, false);
            this.column = column;
        }

        int column() {
            return column;
        }
    }

    /** @throws Wrong if it is no point */
    LineProtocol(String line) {
        this.line = line;
        this.measurement = word(", ");
        if (measurement.isEmpty()) {
            throw new Wrong(1, "a measurement's name was expected");
        }
        while (is(',')) {
            at++;
            readTag();
        }
        expect(' ', "a space, and then the fields");
        do {
            at++;
            readField();
        } while (is(','));
        if (at >= line.length()) {
            throw wrong("there is no time; a point without one cannot be imported");
        }
        expect(' ', "a comma or a space");
        at++;
        this.time = readTime();
    }

    String measurement() {
        return measurement;
    }

    Map<String, String> tags() {
        return tags;
    }

    Map<String, String> fields() {
        return fields;
    }

    /** In the unit of the file. */
    long time() {
        return time;
    }

    /** Whether a text in quotes goes on in the next line. */
    static boolean isOpen(String line) {
        boolean isOpen = false;
        boolean inFields = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"' && inFields) {
                isOpen = !isOpen;
            } else if (c == ' ') {
                inFields = true;
            }
        }
        return isOpen;
    }

    private void readTag() {
        int from = at;
        String name = word("=, ");
        expect('=', "an equals sign behind the tag's name");
        at++;
        String value = word(", ");
        if (name.isEmpty() || value.isEmpty()) {
            throw new Wrong(from + 1, "a tag such as device_id=kitchen was expected");
        }
        if (tags.put(name, value) != null) {
            throw new Wrong(from + 1, "the tag " + Quoted.of(name) + " is there twice");
        }
    }

    private void readField() {
        int from = at;
        String name = word("=, ");
        expect('=', "an equals sign behind the field's name");
        if (name.isEmpty()) {
            throw new Wrong(from + 1, "a field such as value=21.5 was expected");
        }
        at++;
        if (fields.put(name, is('"') ? text() : value()) != null) {
            throw new Wrong(from + 1, "the field " + Quoted.of(name) + " is there twice");
        }
    }

    private String value() {
        int from = at;
        while (at < line.length() && line.charAt(at) != ',' && line.charAt(at) != ' ') {
            at++;
        }
        String word = line.substring(from, at);
        try {
            return InfluxValue.ofField(word);
        } catch (IllegalArgumentException e) {
            throw new Wrong(
                    from + 1,
                    "found " + Quoted.of(word) + "; expected a number, 12i, true, or a text in double quotes");
        }
    }

    private String text() {
        int from = at;
        StringBuilder text = new StringBuilder();
        at++;
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\' && at + 1 < line.length() && "\"\\".indexOf(line.charAt(at + 1)) >= 0) {
                at++;
            }
            text.append(line.charAt(at++));
        }
        if (at >= line.length()) {
            throw new Wrong(from + 1, "a quote that is opened here is not closed");
        }
        at++;
        return CsvCell.textAsJson(text.toString());
    }

    private long readTime() {
        String digits = line.substring(at).strip();
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw wrong("found " + Quoted.of(digits) + "; expected a time such as 1700000000000000000");
        }
    }

    /** Up to one of these signs, if it has no backslash in front. */
    private String word(String ends) {
        StringBuilder word = new StringBuilder();
        while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
            if (line.charAt(at) == '\\' && at + 1 < line.length() && ",= ".indexOf(line.charAt(at + 1)) >= 0) {
                at++;
            }
            word.append(line.charAt(at++));
        }
        return word.toString();
    }

    private boolean is(char expected) {
        return at < line.length() && line.charAt(at) == expected;
    }

    private void expect(char sign, String expected) {
        if (!is(sign)) {
            throw wrong((at < line.length() ? "found " + Quoted.of(line.substring(at, at + 1)) : "the line ends")
                    + "; expected " + expected);
        }
    }

    private Wrong wrong(String what) {
        return new Wrong(at + 1, what);
    }
}

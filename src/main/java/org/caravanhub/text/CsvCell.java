package org.caravanhub.text;

/**
 * A cell of CSV (RFC 4180) that a spreadsheet takes for nothing but what it is, and that can be read back exactly.
 *
 * <p>Text stands as it is, with an apostrophe in front if a spreadsheet would take it for a formula, or a reader for JSON. JSON stands as it
 * was written: numbers, true, false, null, lists, objects, and text with an escape that is not needed.
 */
public final class CsvCell {
    private static final String FORMULA = "=+-@\t\r";
    private static final String ESCAPED = "\"\\\n\r\t";
    private static final String ESCAPES = "\"\\nrt";

    private CsvCell() {}

    /** The cell for a text. */
    public static String ofText(String text) {
        boolean isDoubtful = !text.isEmpty() && (text.charAt(0) == '\'' || FORMULA.indexOf(text.charAt(0)) >= 0);
        return quoted(isDoubtful ? "'" + text : text);
    }

    /** The text of a cell. */
    public static String toText(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }

    /** The cell for a JSON value. */
    public static String ofJson(String json) {
        if (!json.startsWith("\"")) {
            return quoted(json);
        }
        String text = unescaped(json);
        if (!textAsJson(text).equals(json)) {
            return quoted(json);
        }
        return looksLikeJson(text) ? quoted("'" + text) : ofText(text);
    }

    /** The JSON value of a cell. Not checked: what begins like JSON is taken for it. */
    public static String toJson(String cell) {
        return looksLikeJson(cell) ? cell : textAsJson(toText(cell));
    }

    private static boolean looksLikeJson(String cell) {
        if (cell.isEmpty()) {
            return false;
        }
        char first = cell.charAt(0);
        return "\"{[-".indexOf(first) >= 0
                || (first >= '0' && first <= '9')
                || cell.equals("true")
                || cell.equals("false")
                || cell.equals("null");
    }

    private static String quoted(String cell) {
        boolean needsQuotes = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needsQuotes ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    /** A text as JSON, with the escapes it needs. */
    public static String textAsJson(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            int escape = ESCAPED.indexOf(text.charAt(i));
            if (escape < 0 && text.charAt(i) < ' ') {
                json.append(String.format("\\u%04x", (int) text.charAt(i)));
            } else if (escape < 0) {
                json.append(text.charAt(i));
            } else {
                json.append('\\').append(ESCAPES.charAt(escape));
            }
        }
        return json.append('"').toString();
    }

    /** What the usual escapes mean; others stay, so that the way back tells that they were there. */
    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 1; i < json.length() - 1; i++) {
            int escape = json.charAt(i) == '\\' ? ESCAPES.indexOf(json.charAt(i + 1)) : -1;
            if (escape < 0) {
                text.append(json.charAt(i));
            } else {
                text.append(ESCAPED.charAt(escape));
                i++;
            }
        }
        return text.toString();
    }
}

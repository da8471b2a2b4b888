package org.caravanhub.cli;

/**
 * How text is shown on a terminal. Colour never says something alone: a word always says it too.
 *
 * @param colored whether colour may be used
 * @param unicode whether letters beyond ASCII can be shown
 */
record Style(boolean colored, boolean unicode) {
    String good(String text) {
        return sgr("32", text);
    }

    String warning(String text) {
        return sgr("33", text);
    }

    String bad(String text) {
        return sgr("31", text);
    }

    String faint(String text) {
        return sgr("2", text);
    }

    String bold(String text) {
        return sgr("1", text);
    }

    /** The first if the terminal can show it, otherwise the second. */
    String symbol(String unicodeText, String asciiText) {
        return unicode ? unicodeText : asciiText;
    }

    private String sgr(String code, String text) {
        return colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}

package org.caravanhub.http;

/** Foreign text in messages and logs: in quotes, cut, and without anything that steers a terminal or starts a line. */
public final class Quote {
    private static final int LONGEST = 60;

    private Quote() {}

    /** The text as {@code "text"}. */
    public static String of(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c != '"' && c != '\\' && !Character.isISOControl(c) && !isDirectional(c);
            if (plain) {
                quoted.append(c);
            } else {
                quoted.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            }
        }
        if (length < text.length()) {
            quoted.append('…');
        }
        return quoted.append('"').toString();
    }

    /** Marks that turn the reading direction round, and the line separators of Unicode. */
    private static boolean isDirectional(char c) {
        return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069') || c == '\u2028' || c == '\u2029';
    }
}

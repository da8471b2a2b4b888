package org.caravanhub.flow.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The address of an endpoint, as it is written, taken apart.
 *
 * @param scheme what stands before the first colon
 * @param path what stands between that and the question mark
 * @param pathAt where the path begins
 * @param options what stands behind it
 */
record Address(String scheme, String path, int pathAt, List<Option> options) {
    /**
     * @param nameAt where the name begins in the address
     * @param valueAt where the value begins
     */
    record Option(String name, int nameAt, String value, int valueAt) {}

    static Address of(String uri) {
        int question = outsideOfBraces(uri, '?', 0);
        String before = uri.substring(0, question);
        int colon = outsideOfBraces(before, ':', 0);
        int pathAt = Math.min(colon + 1, before.length());
        if (before.startsWith("//", pathAt)) {
            pathAt += 2;
        }
        return new Address(before.substring(0, colon), before.substring(pathAt), pathAt, options(uri, question + 1));
    }

    private static List<Option> options(String uri, int from) {
        List<Option> options = new ArrayList<>();
        int at = from;
        while (at < uri.length()) {
            int end = endOfOption(uri, at);
            int equal = uri.indexOf('=', at);
            if (equal < 0 || equal > end) {
                equal = end;
            }
            if (end > at) {
                options.add(new Option(
                        uri.substring(at, equal),
                        at,
                        uri.substring(Math.min(equal + 1, end), end),
                        Math.min(equal + 1, end)));
            }
            at = end + 1;
        }
        return options;
    }

    /** An ampersand ends an option, unless the value is RAW(..) or inside of braces. */
    private static int endOfOption(String uri, int from) {
        int raw = uri.indexOf("=RAW(", from);
        int ampersand = outsideOfBraces(uri, '&', from);
        if (raw >= 0 && raw < ampersand) {
            int close = uri.indexOf(')', raw);
            return close < 0 ? uri.length() : outsideOfBraces(uri, '&', close);
        }
        return ampersand;
    }

    /** The next such character that is in no placeholder and no expression; the length of the text if there is none. */
    private static int outsideOfBraces(String text, char wanted, int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '{') {
                depth++;
            } else if (character == '}') {
                depth--;
            } else if (character == wanted && depth <= 0) {
                return i;
            }
        }
        return text.length();
    }
}

package org.caravanhub.flow.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Finds what stands in <code>${..}</code> of a text, inner ones too. */
final class Functions {
    private static final List<String> OPENINGS = List.of("${", "$simple{");

    private Functions() {}

    /**
     * @param text what stands between the braces
     * @param at where that begins
     */
    record Function(String text, int at) {
        /** Its name: what stands before the first sign. */
        String name() {
            int end = 0;
            while (end < text.length()
                    && (Character.isLetterOrDigit(text.charAt(end)) || "-_".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            return text.substring(0, end);
        }

        /** What follows the name. */
        String rest() {
            return text.substring(name().length());
        }
    }

    static List<Function> in(String text) {
        List<Function> found = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            int length = opening(text, i);
            if (length > 0) {
                open.push(i + length);
                i += length - 1;
            } else if (text.charAt(i) == '}' && !open.isEmpty()) {
                int from = open.pop();
                found.add(new Function(text.substring(from, i).strip(), from));
            }
        }
        return found;
    }

    private static int opening(String text, int at) {
        return OPENINGS.stream()
                .filter(opening -> text.startsWith(opening, at))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }
}

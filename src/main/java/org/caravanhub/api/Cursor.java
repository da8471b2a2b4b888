package org.caravanhub.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.Question;

/** Where a page ended, as text that means nothing to its reader. Stays right while rows come and go. */
final class Cursor {
    private static final String SEPARATOR = ":";

    private final String[] parts;

    private Cursor(String[] parts) {
        this.parts = parts;
    }

    /**
     * The question's cursor.
     *
     * @param parts of how many parts it is made
     * @throws Problem if it is not one that this hub gave
     */
    static Cursor of(Question question, int parts) {
        if (!question.has("cursor")) {
            return new Cursor(new String[0]);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(question.word("cursor"));
            String[] found = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (found.length == parts) {
                return new Cursor(found);
            }
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        throw wrong();
    }

    /** The cursor of a page that ended there. */
    static String after(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(text.isEmpty() ? "" : SEPARATOR).append(part);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    boolean isPresent() {
        return parts.length > 0;
    }

    /** This part; empty if there is no cursor. */
    String text(int part) {
        return isPresent() ? parts[part] : "";
    }

    /** This part as a number. */
    long number(int part) {
        try {
            return Long.parseLong(parts[part]);
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private static Problem wrong() {
        return Problem.parameters(List.of(new Fault(
                "cursor",
                "not_allowed",
                "cursor is not one that this hub gave.",
                "take next_cursor of the page before")));
    }
}

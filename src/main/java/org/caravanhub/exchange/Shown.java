package org.caravanhub.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.caravanhub.message.Message;
import org.caravanhub.text.Hidden;
import org.jspecify.annotations.Nullable;

/**
 * What is in an exchange, as text for a person who looks into a flow: cut, and without secrets.
 *
 * @param hiding takes out of a text what nobody may see
 */
public record Shown(UnaryOperator<String> hiding) {
    /** No text is longer, in characters. */
    public static final int LONGEST = 4096;

    private static final int MOST_ITEMS = 50;
    private static final Pattern SECRET_NAME =
            Pattern.compile("passw|secret|token|authori[sz]ation|cookie|api-?_?key", Pattern.CASE_INSENSITIVE);

    /** A body: bytes as the text that they are, a list item by item, a stream only by name, since reading would use it up. */
    public String body(@Nullable Object body) {
        return cut(masked(within(text(body))));
    }

    /** Headers by name, without those by which Camel talks to itself. */
    public Map<String, String> headers(Map<String, Object> headers) {
        Map<String, String> shown = new TreeMap<>();
        headers.forEach((name, value) -> {
            boolean isNoise = name.startsWith("Camel") && !name.startsWith("CamelMqtt");
            if (!isNoise) {
                shown.put(name, SECRET_NAME.matcher(name).find() ? Hidden.INSTEAD : cut(masked(within(text(value)))));
            }
        });
        return shown;
    }

    /** Any other text, such as an error. */
    public String text(String text) {
        return cut(masked(within(text)));
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof byte[] bytes) {
            return utf8(bytes);
        }
        if (value instanceof Message message) {
            return message.topic() + " " + utf8(message.payload());
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof java.io.InputStream || value instanceof java.io.Reader) {
            return "(a stream)";
        }
        return String.valueOf(value);
    }

    private static String list(List<?> list) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size() && i < MOST_ITEMS && text.length() < LONGEST; i++) {
            text.append(i == 0 ? "" : "\n").append(text(list.get(i)));
        }
        return list.size() > MOST_ITEMS ? text + "\n… " + list.size() + " in all" : text.toString();
    }

    private static String utf8(byte[] bytes) {
        // A letter takes at most four bytes.
        return new String(bytes, 0, Math.min(bytes.length, 4 * LONGEST), StandardCharsets.UTF_8);
    }

    /** A secret that is cut in two is not found, so more is looked at than is shown. */
    private static String within(String text) {
        return text.length() <= 2 * LONGEST ? text : text.substring(0, 2 * LONGEST);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private String masked(String text) {
        String shown = hiding.apply(text);
        return shown.toLowerCase(Locale.ROOT).contains("passw")
                ? PASSWORD.matcher(shown).replaceAll("$1" + Hidden.INSTEAD)
                : shown;
    }

    /** {@code "password": "x"}, {@code password=x}. */
    private static final Pattern PASSWORD =
            Pattern.compile("(passw(?:ord|d)?\"?\\s*[:=]\\s*\"?)[^\"&\\s,}]+", Pattern.CASE_INSENSITIVE);
}

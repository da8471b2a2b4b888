package org.caravanhub.message;

import java.util.List;
import java.util.stream.Stream;

/**
 * A pattern of topics as MQTT defines it: {@code +} stands for one level, {@code #} at the end for all that follow and the level
 * above. A topic that begins with {@code $} is matched by no filter that begins with a wildcard. Immutable.
 */
public final class TopicFilter {
    private static final String SHARED = "$share/";

    private final String text;
    /** What topics are compared with: the filter without {@code $share/group/}. */
    private final String pattern;

    private TopicFilter(String text, String pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /**
     * Reads one filter.
     *
     * @throws IllegalArgumentException if it is no valid filter; the message says why
     */
    public static TopicFilter of(String text) {
        String pattern = text;
        if (text.startsWith(SHARED)) {
            int slash = text.indexOf('/', SHARED.length());
            if (slash <= SHARED.length()) {
                throw invalid(text, "a shared subscription is written $share/GROUP/FILTER");
            }
            pattern = text.substring(slash + 1);
        }
        if (pattern.isEmpty() || pattern.indexOf('\0') >= 0) {
            throw invalid(text, "it is empty or holds a zero character");
        }
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean levelStarts = i == 0 || pattern.charAt(i - 1) == '/';
            boolean levelEnds = i == pattern.length() - 1 || pattern.charAt(i + 1) == '/';
            if (c == '#' && !(levelStarts && i == pattern.length() - 1)) {
                throw invalid(text, "# must be the whole last level");
            }
            if (c == '+' && !(levelStarts && levelEnds)) {
                throw invalid(text, "+ must be a whole level");
            }
        }
        return new TopicFilter(text, pattern);
    }

    /** Reads filters separated by commas; blanks around them are ignored. */
    public static List<TopicFilter> listOf(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(TopicFilter::of)
                .toList();
    }

    /** Whether a message on this topic is for a subscriber with this filter. */
    public boolean matches(String topic) {
        int length = pattern.length();
        if (!topic.isEmpty() && topic.charAt(0) == '$' && (pattern.charAt(0) == '+' || pattern.charAt(0) == '#')) {
            return false;
        }
        int at = 0;
        int i = 0;
        while (i < length) {
            char c = pattern.charAt(i);
            if (c == '#') {
                return true;
            }
            if (c == '+') {
                while (at < topic.length() && topic.charAt(at) != '/') {
                    at++;
                }
                i++;
            } else if (at < topic.length() && topic.charAt(at) == c) {
                at++;
                i++;
            } else {
                // "a/#" is also for "a" itself.
                return at == topic.length() && c == '/' && i + 2 == length && pattern.charAt(i + 1) == '#';
            }
        }
        return at == topic.length();
    }

    /**
     * Whether this filter stands for everything that another one, or a topic, stands for; both as written. One that begins with a
     * wildcard does not cover topics of the broker itself, which begin with {@code $}.
     */
    public boolean covers(String requested) {
        if (requested.startsWith("$") && !text.startsWith("$")) {
            return false;
        }
        String[] own = text.split("/", -1);
        String[] asked = requested.split("/", -1);
        for (int i = 0; i < own.length; i++) {
            if (own[i].equals("#")) {
                return true;
            }
            if (i == asked.length || asked[i].equals("#")) {
                return false;
            }
            if (!own[i].equals("+") && !own[i].equals(asked[i])) {
                return false;
            }
        }
        // "a/#" also stands for "a" itself, so that "a" never covers it, while "a/#" covers "a".
        return asked.length == own.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicFilter filter && text.equals(filter.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The filter as it is sent to the broker. */
    @Override
    public String toString() {
        return text;
    }

    private static IllegalArgumentException invalid(String text, String why) {
        return new IllegalArgumentException("\"" + text + "\" is no topic filter: " + why + ".");
    }
}

package org.caravanhub.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths that end in a verb after a colon, {@code /api/v1/flows/:id:pause}, as Camel gives them to the router. */
final class PathPattern {
    private static final Pattern PARAMETER = Pattern.compile("(?<=/):([A-Za-z]\\w*)");

    private PathPattern() {}

    /** Whether there is a colon that begins no parameter. */
    static boolean hasVerb(String path) {
        return PARAMETER.matcher(path).replaceAll("").indexOf(':') >= 0;
    }

    /** The path as a regular expression, with or without this before it; what differs in it is not named. */
    static String of(String below, String path) {
        Matcher parameter = PARAMETER.matcher(path);
        StringBuilder pattern = new StringBuilder("(?:" + Pattern.quote(below) + ")?");
        int from = 0;
        while (parameter.find()) {
            pattern.append(Pattern.quote(path.substring(from, parameter.start())))
                    .append("[^/]+");
            from = parameter.end();
        }
        return pattern.append(Pattern.quote(path.substring(from))).toString();
    }

    /** The path as a regular expression with a named group for each parameter. */
    static String of(String path) {
        StringBuilder pattern = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(path);
        int from = 0;
        while (parameter.find()) {
            pattern.append(Pattern.quote(path.substring(from, parameter.start())));
            pattern.append("(?<").append(parameter.group(1)).append(">[^/:]+)");
            from = parameter.end();
        }
        return pattern.append(Pattern.quote(path.substring(from))).toString();
    }
}

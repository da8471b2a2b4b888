package org.caravanhub.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as one reads it on a terminal: commands indented, links as names that {@code caravan docs} takes. */
final class DocText {
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)\\s]+)\\)");

    private DocText() {}

    /**
     * Lines of Markdown, without its marks.
     *
     * @param name of the page, from which its links lead
     */
    static String plain(String name, List<String> lines) {
        StringBuilder text = new StringBuilder();
        boolean inCode = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                inCode = !inCode;
            } else if (inCode) {
                text.append(line.isEmpty() ? "" : "    " + line).append('\n');
            } else {
                text.append(withoutLinks(name, line).replace("**", "")).append('\n');
            }
        }
        return text.toString();
    }

    private static String withoutLinks(String name, String line) {
        Matcher link = LINK.matcher(line);
        return link.replaceAll(found -> Matcher.quoteReplacement(found.group(1) + target(name, found.group(2))));
    }

    private static String target(String name, String path) {
        String file = path.replaceFirst("#.*", "");
        if (path.contains("://")) {
            return " (" + path + ")";
        }
        if (!file.endsWith(".md")) {
            return "";
        }
        String page = Path.of("docs", name).resolveSibling(file).normalize().toString();
        return page.startsWith("docs/") ? " [" + page.substring(5).replaceFirst("\\.md$", "") + "]" : "";
    }
}

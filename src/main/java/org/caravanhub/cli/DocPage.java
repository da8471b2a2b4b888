package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A page of the documentation, in its sections.
 *
 * @param name its path below {@code docs} without {@code .md}: {@code runbook/disk-is-full}
 * @param title its first heading
 * @param sections in order; the first begins with the title
 */
record DocPage(String name, String title, List<Section> sections) {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /**
     * A heading and what is below it, up to the next.
     *
     * @param level 1 for the title
     * @param lines as in the file, the heading too
     */
    record Section(int level, String heading, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    /** Reads a page of the folder {@code docs}. */
    static DocPage read(Path docs, Path file) throws IOException {
        List<Section> sections = new ArrayList<>();
        boolean inCode = false;
        for (String line : Files.readAllLines(file)) {
            inCode ^= line.startsWith("```");
            int level = inCode ? 0 : level(line);
            if (level > 0 || sections.isEmpty()) {
                String heading = line.substring(level).strip().replace("`", "");
                sections.add(new Section(Math.max(level, 1), heading, new ArrayList<>()));
            }
            sections.get(sections.size() - 1).lines().add(line);
        }
        String name = docs.relativize(file).toString().replaceFirst("\\.md$", "");
        return new DocPage(name, sections.isEmpty() ? name : sections.get(0).heading(), sections);
    }

    private static int level(String line) {
        int level = 0;
        while (level < line.length() && line.charAt(level) == '#') {
            level++;
        }
        return level < line.length() && line.charAt(level) == ' ' ? level : 0;
    }

    List<String> lines() {
        return sections.stream().flatMap(section -> section.lines().stream()).toList();
    }

    /** A section with those below it. */
    List<String> lines(Section from) {
        List<String> lines = new ArrayList<>(from.lines());
        for (int i = sections.indexOf(from) + 1;
                i < sections.size() && sections.get(i).level() > from.level();
                i++) {
            lines.addAll(sections.get(i).lines());
        }
        return lines;
    }

    /** The words of a text, in small letters. */
    static List<String> words(String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}

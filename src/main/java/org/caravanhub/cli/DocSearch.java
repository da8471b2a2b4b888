package org.caravanhub.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the page that somebody means by a few words: first by titles and names, then by headings, then by what stands below them. */
record DocSearch(List<DocPage> pages) {
    private static final int IN_TITLE = 1000;
    private static final int IN_HEADING = 500;
    private static final int IN_SIGN = 200;
    private static final int IN_SECTION = 100;
    private static final Set<String> EMPTY_WORDS = Set.of("a", "an", "and", "the", "is", "are", "of", "to", "my", "in");

    /**
     * A place in the documentation.
     *
     * @param section the one that is meant; empty for the whole page
     */
    record Hit(DocPage page, Optional<DocPage.Section> section, int score) {
        List<String> lines() {
            return section.map(page::lines).orElseGet(page::lines);
        }

        /** What it is called in a list. */
        String title() {
            return section.map(found -> page.title() + ": " + found.heading()).orElse(page.title());
        }
    }

    /** The page of this name: {@code runbook/disk-is-full}, {@code disk-is-full}, {@code docs/runbook/disk-is-full.md}. */
    Optional<DocPage> named(String typed) {
        String name = typed.replaceFirst("^.*docs/", "").replaceFirst("\\.md$", "");
        return pages.stream()
                .filter(page -> page.name().equals(name))
                .findFirst()
                .or(() -> pages.stream()
                        .filter(page -> page.name().endsWith("/" + name))
                        .findFirst());
    }

    /** Where all these words are, best first; of each page its best place. */
    List<Hit> find(List<String> typed) {
        List<String> all = typed.stream()
                .flatMap(text -> DocPage.words(text).stream())
                .distinct()
                .toList();
        List<String> telling =
                all.stream().filter(word -> !EMPTY_WORDS.contains(word)).toList();
        List<String> words = telling.isEmpty() ? all : telling;
        return pages.stream()
                .flatMap(page -> best(page, words))
                .sorted(Comparator.comparingInt(Hit::score).reversed().thenComparing(hit -> hit.page()
                        .name()))
                .toList();
    }

    /** The one that is meant if there is no doubt. */
    static Optional<Hit> plain(List<Hit> hits) {
        boolean isPlain = hits.size() == 1
                || hits.size() > 1 && hits.get(0).score() >= hits.get(1).score() + IN_SECTION;
        return isPlain ? Optional.of(hits.get(0)) : Optional.empty();
    }

    private static Stream<Hit> best(DocPage page, List<String> words) {
        int shelf = shelf(page.name());
        // Also `backup` for a page that is called back-up.
        if (has(page.name() + " " + page.name().replace("-", "") + " " + page.title(), words)) {
            return Stream.of(new Hit(page, Optional.empty(), IN_TITLE + shelf));
        }
        List<Hit> hits = new ArrayList<>();
        for (DocPage.Section section : page.sections()) {
            // Of `errors database_away` the page has the one and its section the other.
            boolean inHeading = has(page.title() + " " + section.heading(), words);
            boolean inSign = page.name().startsWith("runbook/") && has(page.title() + " " + sign(section), words);
            boolean below = inHeading || inSign || has(section.text(), words);
            if (below) {
                int score = inHeading ? IN_HEADING : inSign ? IN_SIGN : IN_SECTION;
                boolean whole = section.level() == 1 || page.name().startsWith("runbook/");
                hits.add(new Hit(page, whole ? Optional.empty() : Optional.of(section), score + shelf));
            }
        }
        return hits.stream().max(Comparator.comparingInt(Hit::score)).stream();
    }

    private static String sign(DocPage.Section section) {
        String text = section.text();
        int begin = text.indexOf("**Sign");
        int end = text.indexOf("**Cause", begin + 1);
        return begin < 0 ? "" : text.substring(begin, end < 0 ? text.length() : end);
    }

    /** Who asks at night wants a cure first, and reasons last. */
    private static int shelf(String name) {
        return name.startsWith("runbook/")
                ? 40
                : name.startsWith("how-to/") ? 30 : name.startsWith("decisions/") ? 0 : 20;
    }

    /** Whether each of the words begins a word of the text. */
    private static boolean has(String text, List<String> words) {
        List<String> there = DocPage.words(text);
        return words.stream().allMatch(word -> there.stream().anyMatch(each -> each.startsWith(word)));
    }
}

package org.caravanhub.flow.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.caravanhub.text.Nearest;

/** What somebody meant who wrote a word that there is not. */
final class Meant {
    private static final int MOST_TOLD = 12;

    private Meant() {}

    /** What was meant, as a question; empty if nothing is near. */
    static String by(String written, Collection<String> candidates) {
        return nearest(written, candidates)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElse("");
    }

    /** What was meant; all that there are, if nothing is near and they are few. */
    static String orAny(String written, Collection<String> candidates) {
        String meant = by(written, candidates);
        return meant.isEmpty() && !candidates.isEmpty() && candidates.size() <= MOST_TOLD
                ? "there are " + String.join(", ", new TreeSet<>(candidates))
                : meant;
    }

    /** Of those that are as near, the one that begins alike: people rarely miss the first letters. */
    static Optional<String> nearest(String written, Collection<String> candidates) {
        List<String> ordered = new ArrayList<>(new TreeSet<>(candidates));
        ordered.sort(Comparator.comparing((String candidate) -> -alike(written, candidate)));
        return Nearest.to(written, ordered).or(() -> Nearest.to(written.toLowerCase(Locale.ROOT), ordered));
    }

    private static int alike(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}

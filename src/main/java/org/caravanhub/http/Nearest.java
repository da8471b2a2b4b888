package org.caravanhub.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** <em>Did you mean?</em> The word that differs by the fewest letters. */
final class Nearest {
    private static final int LONGEST = 40;

    private Nearest() {}

    /** The nearest word, if at most a third of it differs. */
    static Optional<String> of(String text, Collection<String> words) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(lower, word)))
                .filter(word -> distance(lower, word) <= Math.max(1, word.length() / 3));
    }

    /** Letters to change, add or take away (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

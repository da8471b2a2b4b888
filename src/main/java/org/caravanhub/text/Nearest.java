package org.caravanhub.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant to write. */
public final class Nearest {
    private Nearest() {}

    /** The candidate that takes the fewest typing mistakes to get from; empty if all are too far from it. */
    public static Optional<String> to(String written, Collection<String> candidates) {
        int most = Math.max(2, written.length() / 4);
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)));
    }

    /** Levenshtein's distance: letters to insert, remove or change. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}

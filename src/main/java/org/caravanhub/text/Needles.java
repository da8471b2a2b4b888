package org.caravanhub.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Many texts, looked for in one pass however many they are. Immutable. */
final class Needles {
    private static final int FIRST = Hidden.SHORTEST;

    /** @param sure how many of its first characters are enough */
    private record Needle(String text, int sure, boolean isCore) {}

    /** By their first four characters, the longest first. */
    private final Map<Integer, List<Needle>> byStart = new HashMap<>();

    /** Which beginnings there are at all: a quick no. */
    private final BitSet starts = new BitSet(1 << 16);

    Needles(Collection<Writings> all) {
        Set<Needle> needles = new LinkedHashSet<>();
        for (Writings each : all) {
            each.texts().forEach(text -> needles.add(new Needle(text, each.sure(text), false)));
            each.cores().forEach(core -> needles.add(new Needle(core, each.sure(core), true)));
        }
        needles.forEach(this::add);
        byStart.values()
                .forEach(same -> same.sort(
                        Comparator.comparingInt(needle -> -needle.text().length())));
    }

    private void add(Needle needle) {
        int hash = hash(needle.text(), 0);
        starts.set(hash & 0xffff);
        byStart.computeIfAbsent(hash, first -> new ArrayList<>()).add(needle);
    }

    /** The text with this in the place of each. */
    String replaced(String text, String instead) {
        BitSet covered = covered(text);
        if (covered.isEmpty()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int from = 0;
        for (int start = covered.nextSetBit(0); start >= 0; start = covered.nextSetBit(from)) {
            shown.append(text, from, start).append(instead);
            from = covered.nextClearBit(start);
        }
        return shown.append(text, from, text.length()).toString();
    }

    /** Also where two of them overlap. */
    private BitSet covered(String text) {
        BitSet covered = new BitSet();
        for (int at = 0; at + FIRST <= text.length(); at++) {
            int hash = hash(text, at);
            if (starts.get(hash & 0xffff)) {
                for (Needle needle : byStart.getOrDefault(hash, List.of())) {
                    cover(needle, text, at, covered);
                }
            }
        }
        return covered;
    }

    private static void cover(Needle needle, String text, int at, BitSet covered) {
        if (!text.regionMatches(at, needle.text(), 0, needle.sure())) {
            return;
        }
        int end = at + needle.sure();
        if (needle.isCore()) {
            int start = at;
            while (start > 0 && isBase64(text.charAt(start - 1))) {
                start--;
            }
            while (end < text.length() && (isBase64(text.charAt(end)) || text.charAt(end) == '=')) {
                end++;
            }
            covered.set(start, end);
            return;
        }
        int within = needle.sure();
        while (within < needle.text().length()
                && end < text.length()
                && text.charAt(end) == needle.text().charAt(within)) {
            within++;
            end++;
        }
        covered.set(at, end);
    }

    private static boolean isBase64(char each) {
        return (each >= 'A' && each <= 'Z')
                || (each >= 'a' && each <= 'z')
                || (each >= '0' && each <= '9')
                || each == '+'
                || each == '-'
                || each == '_';
    }

    private static int hash(String text, int at) {
        int hash = 0;
        for (int i = at; i < at + FIRST; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return hash ^ hash >>> 16;
    }
}

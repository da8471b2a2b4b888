package org.caravanhub.cli;

import java.util.ArrayList;
import java.util.List;

/** What two texts differ in, as {@code diff -u} writes it. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    /** One line of both: {@code ' '}, {@code '-'} or {@code '+'} and the text; counted before it, from 0. */
    private record Line(char sign, String text, int before, int after) {}

    /** The lines of the difference; none if there is none. */
    static List<String> of(String fromName, String toName, String from, String to) {
        List<Line> all = compare(from.lines().toList(), to.lines().toList());
        List<String> lines = new ArrayList<>();
        int next = 0;
        while (next < all.size()) {
            int change = nextChange(all, next);
            if (change == all.size()) {
                break;
            }
            if (lines.isEmpty()) {
                lines.add("--- " + fromName);
                lines.add("+++ " + toName);
            }
            int begin = Math.max(next, change - CONTEXT);
            int end = change;
            int following = change;
            while (following < all.size() && following - end <= 2 * CONTEXT) {
                end = following + 1;
                following = nextChange(all, end);
            }
            end = Math.min(all.size(), end + CONTEXT);
            hunk(all.subList(begin, end), lines);
            next = end;
        }
        return lines;
    }

    private static int nextChange(List<Line> all, int from) {
        int at = from;
        while (at < all.size() && all.get(at).sign() == ' ') {
            at++;
        }
        return at;
    }

    private static void hunk(List<Line> part, List<String> lines) {
        long removed = part.stream().filter(line -> line.sign() != '+').count();
        long added = part.stream().filter(line -> line.sign() != '-').count();
        Line first = part.get(0);
        lines.add("@@ -" + (first.before() + 1) + "," + removed + " +" + (first.after() + 1) + "," + added + " @@");
        part.forEach(line -> lines.add(line.sign() + line.text()));
    }

    /** By the longest common subsequence; a flow has a page of lines. */
    private static List<Line> compare(List<String> from, List<String> to) {
        int[][] common = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                common[i][j] = from.get(i).equals(to.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
                lines.add(new Line(' ', from.get(i), i++, j++));
            } else if (j == to.size() || (i < from.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', from.get(i), i++, j));
            } else {
                lines.add(new Line('+', to.get(j), i, j++));
            }
        }
        return lines;
    }
}

package org.caravanhub.transfer;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file: all is counted, the first ones are kept for a person. */
public final class Mistakes {
    private static final int SHOWN = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    /** Something at a line and column of a file, both from 1 on. */
    void at(String file, long line, long column, String what) {
        add(file + ":" + line + ":" + column + ": " + what);
    }

    /** Something at a place that has no line and column. */
    void at(String place, String what) {
        add(place + ": " + what);
    }

    private void add(String mistake) {
        count++;
        if (first.size() < SHOWN) {
            first.add(mistake);
        }
    }

    /** How many. */
    public long count() {
        return count;
    }

    /** The first ones, a line each, and how many more there are. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(first);
        if (count > first.size()) {
            lines.add("and " + (count - first.size()) + " more");
        }
        return lines;
    }
}

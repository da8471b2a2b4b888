package org.caravanhub.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * How far long work is: on a terminal a bar that moves, elsewhere a line every ten seconds, with {@code --quiet} nothing. On standard error,
 * so that it mixes with no data. Plain letters and no colours.
 */
final class Progress implements AutoCloseable {
    private static final long BAR_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int BAR = 24;

    private final PrintStream err;
    private final boolean isTerminal;
    private final boolean isQuiet;
    private final int columns;
    private final String what;
    private final String things;
    private final long start = System.nanoTime();
    private long drawn = start;
    private boolean isShown;

    /** @param what a word in front: {@code Checking} */
    Progress(Surroundings here, String what, boolean quiet) {
        this(here, what, "readings", quiet);
    }

    /** @param things what is counted */
    Progress(Surroundings here, String what, String things, boolean quiet) {
        this.things = things;
        this.err = here.err();
        this.isTerminal = here.errTerminal();
        this.columns = here.columns();
        this.what = what;
        this.isQuiet = quiet;
    }

    /**
     * So far it is; cheap to call for each row.
     *
     * @param done of {@code total}, in any unit
     * @param total 0 if nobody knows
     */
    void at(long done, long total, long rows) {
        long now = System.nanoTime();
        if (isQuiet || now - drawn < (isTerminal ? BAR_NANOS : LINE_NANOS)) {
            return;
        }
        drawn = now;
        isShown = true;
        String line = line(Math.min(1, total <= 0 ? 0 : (double) done / total), total > 0, rows, (now - start) / 1e9);
        if (isTerminal) {
            err.print("\r" + fitted(line));
            err.flush();
        } else {
            err.println(line);
        }
    }

    private String line(double part, boolean isKnown, long rows, double seconds) {
        StringBuilder line = new StringBuilder(what).append(' ');
        if (isKnown) {
            int full = (int) Math.round(part * BAR);
            if (isTerminal) {
                line.append(" [")
                        .append("#".repeat(full))
                        .append("-".repeat(BAR - full))
                        .append("] ");
            }
            line.append(String.format(Locale.ROOT, "%3d %%", (int) (100 * part)));
        }
        line.append(String.format(Locale.ROOT, "  %,d %s  %,d/s", rows, things, Math.round(rows / seconds)));
        if (part > 0.001) {
            line.append("  ")
                    .append(Ago.span(Duration.ofSeconds((long) (seconds / part * (1 - part)))))
                    .append(" left");
        }
        return line.toString();
    }

    private String fitted(String line) {
        int width = columns - 1;
        return line.length() > width ? line.substring(0, width) : line + " ".repeat(width - line.length());
    }

    /** Since it began. */
    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (isTerminal && isShown) {
            err.print("\r" + " ".repeat(columns - 1) + "\r");
            err.flush();
        }
    }
}

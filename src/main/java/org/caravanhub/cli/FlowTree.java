package org.caravanhub.cli;

import java.util.List;
import org.caravanhub.text.Plain;

/** Draws the steps of a flow, one a line: what each is, its line in the file, and what passed it. */
final class FlowTree {
    private static final int FIGURES = 30;

    private final Surroundings here;
    private final Style style;

    FlowTree(Surroundings here, Style style) {
        this.here = here;
        this.style = style;
    }

    void print(List<Json> nodes) {
        int width = Math.max(30, (here.terminal() ? here.columns() : 100) - FIGURES);
        here.out()
                .println(style.faint(
                        fitted("LINE  STEP", width) + "%9s %8s %10s".formatted("MESSAGES", "FAILED", "MEAN")));
        for (Json node : nodes) {
            String indent = "  ".repeat((int) node.number("level"));
            String id = Plain.line(node.textOrEmpty("id"));
            String label = Plain.line(node.textOrEmpty("label"));
            String kind = Plain.line(node.textOrEmpty("kind"));
            String what = "%4s  %s%s  %s"
                    .formatted(
                            node.textOrEmpty("line"), indent, id, label.startsWith(kind) ? label : kind + " " + label);
            boolean isCounted = !List.of("from", "when", "otherwise").contains(kind);
            String line = fitted(what, width)
                    + (isCounted
                            ? "%9s %8s %10s"
                                    .formatted(
                                            node.textOrEmpty("messages"),
                                            node.textOrEmpty("failed"),
                                            time(node.number("mean_us")))
                            : "");
            here.out().println(node.number("failed") > 0 ? style.warning(line) : line.stripTrailing());
            if (node.number("waiting") > 0) {
                here.out().println("      " + indent + "  " + node.textOrEmpty("waiting") + " in it now");
            }
            String error = trouble(node.member("last_error"));
            if (!error.isEmpty()) {
                here.out().println("      " + indent + "  " + Plain.line(error));
            }
        }
    }

    private String fitted(String text, int width) {
        return text.length() <= width
                ? text + " ".repeat(width - text.length())
                : text.substring(0, width - 1) + style.symbol("…", "~");
    }

    /** {@code 12 µs}, {@code 3.4 ms}, {@code 2.1 s}. */
    String time(long micros) {
        if (micros < 1_000) {
            return micros + style.symbol(" µs", " us");
        }
        return micros < 1_000_000 ? "%.1f ms".formatted(micros / 1_000.0) : "%.1f s".formatted(micros / 1_000_000.0);
    }

    /** What failed or hangs, where; empty if nothing. */
    static String trouble(Json trouble) {
        if (trouble.textOrEmpty("step").isEmpty()) {
            return "";
        }
        String what = trouble.textOrEmpty("hangs").equals("true") ? " hangs " : " failed: ";
        return trouble.textOrEmpty("place") + " " + trouble.textOrEmpty("step") + what + trouble.textOrEmpty("text");
    }

    static String state(String state, Style style) {
        return switch (state) {
            case "running" -> style.good(state);
            case "paused" -> style.faint(state);
            case "failing", "rejected" -> style.warning(state);
            default -> style.bad(state);
        };
    }
}

package org.caravanhub.cli;

import java.util.List;

/** Energy that went in and energy that went out, drawn as two bars beside each other. */
final class EnergyBars {
    /** What is drawn, or compared with it. */
    static final List<String> METRICS = List.of("in_wh", "out_wh");

    private static final int WIDTH = 12;

    private final Style style;

    EnergyBars(Style style) {
        this.style = style;
    }

    /** What the two are. */
    String title() {
        return "in" + " ".repeat(WIDTH - 1) + "out";
    }

    /** @param most what the longest bar is, in Wh */
    String of(Json item, double most) {
        return bar(item, METRICS.get(0), most) + " "
                + bar(item, METRICS.get(1), most).stripTrailing();
    }

    private String bar(Json item, String metric, double most) {
        double value = item.member(metric).asNumber().orElse(0.0);
        int length = most <= 0 ? 0 : (int) Math.max(0, Math.round(value / most * WIDTH));
        return style.symbol("▇", "#").repeat(length) + " ".repeat(WIDTH - length);
    }
}

package org.caravanhub.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.caravanhub.health.Group;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;
import org.caravanhub.text.Plain;

/** The answer of one check as it is shown: a mark, its name, what was found; and what to do, if there is something. */
final class CheckLine {
    private CheckLine() {}

    /** One of the hub's answer. */
    static HealthReport.Line of(Json check) {
        return new HealthReport.Line(
                check.textOrEmpty("name"),
                new Health(
                        state(check.textOrEmpty("state")),
                        check.textOrEmpty("what"),
                        check.textOrEmpty("why"),
                        check.textOrEmpty("fix")));
    }

    private static Health.State state(String word) {
        try {
            return Health.State.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Health.State.UNKNOWN; // of a newer hub
        }
    }

    /** For people line by line, for programs a table. */
    static void print(List<HealthReport.Line> lines, Surroundings here, Style style) {
        if (here.terminal()) {
            lines.forEach(line -> print(line, here, style));
            return;
        }
        Table table = new Table()
                .left("check")
                .left("group")
                .left("state")
                .left("what")
                .left("why")
                .left("fix");
        for (HealthReport.Line line : lines) {
            Health health = line.health();
            table.row(List.of(
                    Table.Cell.of(line.name()),
                    Table.Cell.of(Group.of(line.name()).word()),
                    Table.Cell.of(health.state().word()),
                    Table.Cell.of(health.what()),
                    Table.Cell.of(health.why()),
                    Table.Cell.of(health.fix())));
        }
        table.print(here, style);
    }

    private static void print(HealthReport.Line line, Surroundings here, Style style) {
        Health health = line.health();
        String mark =
                switch (health.state()) {
                    case OK -> style.good(style.symbol("✓", "ok     "));
                    case PROBLEM -> style.bad(style.symbol("✗ problem", "problem"));
                    case WARNING -> style.warning(style.symbol("▲ warning", "warning"));
                    case UNKNOWN -> style.faint(style.symbol("? unknown", "unknown"));
                };
        here.out().println(mark + "  " + Plain.line(line.name() + ": " + health.what()));
        if (!health.why().isEmpty()) {
            here.out().println("    " + Plain.line(health.why()));
        }
        if (!health.fix().isEmpty()) {
            here.out().println("    " + style.symbol("→", "->") + " " + Plain.line(health.fix()));
        }
    }

    /** As the API has it. */
    static Map<String, Object> json(HealthReport.Line line) {
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("name", line.name());
        check.put("group", Group.of(line.name()).word());
        check.put("state", line.health().state().word());
        check.put("what", line.health().what());
        check.put("why", line.health().why());
        check.put("fix", line.health().fix());
        return check;
    }
}

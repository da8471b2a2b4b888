package org.caravanhub.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.text.Plain;

/**
 * Rows with a header. On a terminal aligned, the last column cut to the width; for programs tab-separated, nothing cut, nothing
 * coloured.
 */
final class Table {
    /** Where a column's text goes. */
    enum Align {
        LEFT,
        RIGHT
    }

    /**
     * One value.
     *
     * @param exact for programs
     * @param shown for people
     */
    record Cell(String exact, String shown) {
        static Cell of(String text) {
            return new Cell(text, text);
        }
    }

    private record Column(String name, Align align) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<List<Cell>> rows = new ArrayList<>();

    Table left(String name) {
        columns.add(new Column(name, Align.LEFT));
        return this;
    }

    Table right(String name) {
        columns.add(new Column(name, Align.RIGHT));
        return this;
    }

    /** Adds a row; as many cells as there are columns. */
    void row(List<Cell> cells) {
        rows.add(cells);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void print(Surroundings here, Style style) {
        if (here.terminal()) {
            printAligned(here, style);
        } else {
            here.out()
                    .println(
                            String.join("\t", columns.stream().map(Column::name).toList()));
            for (List<Cell> row : rows) {
                here.out()
                        .println(String.join(
                                "\t",
                                row.stream()
                                        .map(cell -> Plain.line(cell.exact()))
                                        .toList()));
            }
        }
    }

    private void printAligned(Surroundings here, Style style) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).name().length();
            for (List<Cell> row : rows) {
                widths[i] = Math.max(widths[i], Plain.line(row.get(i).shown()).length());
            }
        }
        List<String> header = columns.stream()
                .map(column -> column.name().toUpperCase(java.util.Locale.ROOT))
                .toList();
        here.out().println(style.faint(line(header, widths, here.columns(), style)));
        for (List<Cell> row : rows) {
            List<String> shown =
                    row.stream().map(cell -> Plain.line(cell.shown())).toList();
            print(here.out(), line(shown, widths, here.columns(), style));
        }
    }

    private static void print(PrintStream out, String line) {
        out.println(line);
    }

    private String line(List<String> texts, int[] widths, int most, Style style) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String gap = " ".repeat(Math.max(0, widths[i] - text.length()));
            line.append(i == 0 ? "" : "  ");
            line.append(columns.get(i).align() == Align.RIGHT ? gap + text : text + gap);
        }
        String cut = line.toString().stripTrailing();
        return cut.length() <= most ? cut : cut.substring(0, most - 1) + style.symbol("…", "~");
    }
}

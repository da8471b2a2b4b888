package org.caravanhub.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of CSV by RFC 4180: cells in quotes may have commas, line ends and doubled quotes. Lines end with CR LF or LF. */
final class CsvRecords implements Closeable {
    /** A quote that is never closed takes the rest of the file for one cell. */
    private static final int LONGEST = 1 << 20;

    private final Lines lines;
    private final Mistakes mistakes;
    private final List<String> cells = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private String text = "";
    private int at;
    private long number;

    CsvRecords(Lines lines, Mistakes mistakes) {
        this.lines = lines;
        this.mistakes = mistakes;
    }

    /** Goes to the next record; false if there is none. Records that are no CSV are told and left out. */
    boolean next() throws IOException {
        while (lines.next()) {
            number = lines.number();
            String line = lines.text();
            if (line != null && read(line)) {
                return true;
            }
        }
        return false;
    }

    /** The cells of the record; one empty cell for an empty line. */
    List<String> cells() {
        return cells;
    }

    /** The record as it is now, to be looked at again later. */
    Row row() {
        return new Row(number, List.copyOf(cells), List.copyOf(columns));
    }

    /**
     * A record.
     *
     * @param number the line that it begins in
     * @param columns where its cells begin
     */
    record Row(long number, List<String> cells, List<Integer> columns) {}

    /** Tells what is wrong with a cell of this record. */
    void mistake(int cellNumber, String what) {
        int column = cellNumber < columns.size() ? columns.get(cellNumber) : text.length() + 1;
        mistakes.at(lines.file(), number, column, what);
    }

    /** Tells what is wrong with a cell of a record that was read before. */
    void mistake(Row row, int cellNumber, String what) {
        mistakes.at(lines.file(), row.number(), row.columns().get(cellNumber), what);
    }

    long position() {
        return lines.position();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private boolean read(String line) throws IOException {
        text = withoutReturn(line);
        at = 0;
        cells.clear();
        columns.clear();
        while (true) {
            columns.add(at + 1);
            cell.setLength(0);
            boolean isRight = at < text.length() && text.charAt(at) == '"' ? quoted(line) : plain();
            if (!isRight) {
                return false;
            }
            cells.add(cell.toString());
            if (at >= text.length()) {
                return true;
            }
            at++;
        }
    }

    private boolean plain() {
        int end = text.indexOf(',', at);
        cell.append(text, at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end;
        return true;
    }

    /** Up to the comma or the end behind the closing quote, over as many lines as it takes. */
    private boolean quoted(String firstLine) throws IOException {
        int column = at + 1;
        String whole = firstLine;
        at++;
        while (true) {
            int quote = whole.indexOf('"', at);
            if (quote >= 0) {
                cell.append(whole, at, quote);
                at = quote + 1;
                if (at >= whole.length() || whole.charAt(at) != '"') {
                    text = withoutReturn(whole);
                    return endsHere();
                }
                cell.append('"');
                at++;
                continue;
            }
            cell.append(whole, at, whole.length()).append('\n');
            @Nullable String more = cell.length() < LONGEST && lines.next() ? lines.text() : null;
            if (more == null) {
                mistakes.at(lines.file(), number, column, "a quote that is opened here is not closed");
                return false;
            }
            whole = more;
            at = 0;
        }
    }

    private boolean endsHere() {
        if (at >= text.length() || text.charAt(at) == ',') {
            return true;
        }
        mistakes.at(lines.file(), lines.number(), at + 1, "found text behind a closing quote; expected a comma");
        return false;
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}

package org.caravanhub.transfer;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.PastReading;
import org.caravanhub.reading.Reading;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * InfluxDB's annotated CSV, as {@code influx query --raw} writes it: several tables, each with rows {@code #datatype}, {@code #group} and
 * {@code #default} and a header; one field a row. All columns that are not InfluxDB's own are tags.
 */
final class AnnotatedCsvReadings implements Readings {
    private static final Set<String> OWN = Set.of(
            "",
            "result",
            "table",
            "_start",
            "_stop",
            "_time",
            "_value",
            "_field",
            "_measurement",
            "error",
            "reference");
    private static final List<String> NEEDED = List.of("_time", "_value", "_field", "_measurement");

    private final CsvRecords records;
    private final long size;
    private final Mistakes mistakes;
    private final PastReading past = new PastReading();

    private List<String> types = List.of();
    private List<String> defaults = List.of();
    private List<String> header = List.of();
    /** Whether the header of a table comes next. */
    private boolean isHead = true;

    AnnotatedCsvReadings(Lines lines, long size, Mistakes mistakes) {
        this.records = new CsvRecords(lines, mistakes);
        this.size = size;
        this.mistakes = mistakes;
    }

    @Override
    public @Nullable Reading next() throws IOException {
        while (records.next()) {
            Reading reading = take(List.copyOf(records.cells()));
            if (reading != null) {
                return reading;
            }
        }
        return null;
    }

    private @Nullable Reading take(List<String> cells) {
        String first = cells.get(0);
        if (first.startsWith("#")) {
            annotation(first, cells);
        } else if (cells.size() == 1 && first.isEmpty()) {
            isHead = true;
        } else if (isHead) {
            readHeader(cells);
        } else if (!header.isEmpty()) {
            return row(cells);
        }
        return null;
    }

    private void annotation(String name, List<String> cells) {
        if (name.equals("#datatype")) {
            types = cells;
        } else if (name.equals("#default")) {
            defaults = cells;
        } else if (!name.equals("#group")) {
            records.mistake(0, "found the annotation " + Quoted.of(name) + "; expected #datatype, #group or #default");
        }
        isHead = true;
    }

    private void readHeader(List<String> cells) {
        isHead = false;
        header = List.of();
        if (cells.contains("error")) {
            records.mistake(0, "this is the answer to a query that failed");
        } else if (types.size() != cells.size()) {
            records.mistake(0, "no #datatype for these " + cells.size() + " columns; export with: influx query --raw");
        } else if (!cells.containsAll(NEEDED)) {
            records.mistake(
                    0,
                    "found the columns " + Quoted.atLength(String.join(",", cells)) + "; expected "
                            + String.join(", ", NEEDED) + ", as without pivot()");
        } else {
            header = cells;
        }
    }

    private @Nullable Reading row(List<String> cells) {
        if (cells.size() != header.size()) {
            records.mistake(
                    Math.min(cells.size(), header.size()),
                    "found " + cells.size() + " cells; expected " + header.size());
            return null;
        }
        int column = header.indexOf("_time");
        try {
            long time = OffsetDateTime.parse(cell(cells, column)).toInstant().toEpochMilli();
            column = header.indexOf("_value");
            String value = InfluxValue.ofCell(types.get(column), cell(cells, column));
            column = 0;
            InfluxPoint point =
                    new InfluxPoint(named(cells, "_measurement"), tags(cells), named(cells, "_field"), value, time);
            if (!point.hasDevice()) {
                records.mistake(0, "no tag says whose it is; expected device_id, device or host");
                return null;
            }
            return point.reading(past);
        } catch (DateTimeException e) {
            records.mistake(
                    column,
                    "found " + Quoted.of(cell(cells, column)) + "; expected a time such as 2026-06-01T12:00:00Z");
        } catch (IllegalArgumentException e) {
            records.mistake(
                    column,
                    "found " + Quoted.of(cell(cells, column)) + "; expected a value of type " + types.get(column));
        } catch (NotAReading e) {
            records.mistake(column, e.reason());
        }
        return null;
    }

    private Map<String, String> tags(List<String> cells) {
        Map<String, String> tags = new TreeMap<>();
        for (int i = 0; i < header.size(); i++) {
            String value = cell(cells, i);
            if (!OWN.contains(header.get(i)) && !value.isEmpty()) {
                tags.put(header.get(i), value);
            }
        }
        return tags;
    }

    private String named(List<String> cells, String column) {
        return cell(cells, header.indexOf(column));
    }

    /** An empty cell has the default of its column. */
    private String cell(List<String> cells, int column) {
        String cell = cells.get(column);
        return cell.isEmpty() && column < defaults.size() ? defaults.get(column) : cell;
    }

    @Override
    public long position() {
        return records.position();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}

package org.caravanhub.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.WrittenReading;
import org.caravanhub.text.CsvCell;
import org.caravanhub.text.Quoted;
import org.jspecify.annotations.Nullable;

/** One value a line, as {@code format=csv} of the API gives them; lines that differ in the value only are one reading. */
final class CsvReadings implements Readings {
    /** In the order of the columns; the last two are a metric. */
    static final List<String> HEADER = List.of(
            "measured_at",
            "received_at",
            "device",
            "family",
            "site",
            "system",
            "sensor",
            "location",
            "mac",
            "flags",
            "metric",
            "value");

    private static final int FLAGS = 9;
    private static final int METRIC = 10;
    private static final int VALUE = 11;

    /** More would not fit into a document that the hub takes, and a small packed file can hold millions. */
    private static final int MOST_METRICS = 4096;

    private final CsvRecords records;
    private final long size;
    private final Mistakes mistakes;
    private final WrittenReading written = new WrittenReading();
    private final Together together = new Together();
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    /** Where in the JSON each cell of the record begins. */
    private final int[] starts = new int[HEADER.size()];

    private boolean isOpen;
    private boolean isOver;
    /** Of the reading at hand: they differ in the metric and its value only. */
    private final List<CsvRecords.Row> rows = new ArrayList<>();

    CsvReadings(Lines lines, long size, Mistakes mistakes) {
        this.records = new CsvRecords(lines, mistakes);
        this.size = size;
        this.mistakes = mistakes;
    }

    @Override
    public @Nullable Reading next() throws IOException {
        if (!isOpen) {
            isOpen = true;
            isOver = !hasOurHeader();
        }
        Reading complete = null;
        while (complete == null && !isOver) {
            isOver = !records.next();
            if (isOver) {
                complete = finish();
            } else if (isRecord()) {
                complete = take(records.cells());
            }
        }
        return complete;
    }

    private boolean hasOurHeader() throws IOException {
        long before = mistakes.count();
        if (records.next() && records.cells().equals(HEADER)) {
            return true;
        }
        if (mistakes.count() == before) {
            records.mistake(
                    0,
                    "found the header " + Quoted.of(String.join(",", records.cells())) + "; expected "
                            + String.join(",", HEADER));
        }
        return false;
    }

    private boolean isRecord() {
        List<String> cells = records.cells();
        if (cells.size() == HEADER.size()) {
            return true;
        }
        if (cells.size() > 1 || !cells.get(0).isEmpty()) {
            records.mistake(
                    Math.min(cells.size(), HEADER.size()),
                    "found " + cells.size() + " cells; expected " + HEADER.size());
        }
        return false;
    }

    /** Adds a value to the reading at hand, or gives that out and begins another. */
    private @Nullable Reading take(List<String> cells) {
        Reading complete = null;
        boolean isAnother =
                rows.isEmpty() || !rows.get(0).cells().subList(0, METRIC).equals(cells.subList(0, METRIC));
        if (isAnother) {
            complete = finish();
            String source = String.join("\n", cells.subList(2, FLAGS));
            if (!together.begins(cells.get(2), cells.get(0), source)) {
                records.mistake(
                        0,
                        "the lines of a reading do not stand together; sort them by measured_at, or export them again");
            }
        }
        if (rows.size() < MOST_METRICS) {
            rows.add(records.row());
        } else {
            records.mistake(
                    0, "more than " + MOST_METRICS + " lines for one reading; no device measures as much at once");
        }
        return complete;
    }

    /** Reads all rows together, and only if that is no reading each alone, to tell which one is wrong. */
    private @Nullable Reading finish() {
        if (rows.isEmpty()) {
            return null;
        }
        try {
            return read(rows);
        } catch (NotAReading e) {
            CsvRecords.Row last = rows.get(rows.size() - 1);
            if (rows.stream().filter(row -> isWrong(row)).count() == 0) {
                records.mistake(last, 0, "the reading that ends here: " + e.reason());
            }
            return null;
        } finally {
            rows.clear();
        }
    }

    private boolean isWrong(CsvRecords.Row row) {
        try {
            read(List.of(row));
            return false;
        } catch (NotAReading e) {
            int cell = 0;
            for (int i = 0; i < starts.length; i++) {
                cell = starts[i] < e.column() && starts[i] >= starts[cell] ? i : cell;
            }
            records.mistake(row, cell, HEADER.get(cell) + ": " + e.reason());
            return true;
        }
    }

    private Reading read(List<CsvRecords.Row> same) {
        json.reset();
        List<String> cells = same.get(0).cells();
        for (int i = 0; i < FLAGS; i++) {
            add((i == 0 ? "{\"" : ",\"") + HEADER.get(i) + "\":");
            starts[i] = json.size();
            add(CsvCell.textAsJson(i < 2 ? cells.get(i) : CsvCell.toText(cells.get(i))));
        }
        add(",\"flags\":");
        starts[FLAGS] = json.size();
        String flags = cells.get(FLAGS);
        add(flags.isEmpty() ? "[]" : "[" + CsvCell.textAsJson(flags).replace(" ", "\",\"") + "]");
        add(",\"metrics\":{");
        for (CsvRecords.Row row : same) {
            add(row == same.get(0) ? "" : ",");
            starts[METRIC] = json.size();
            add(CsvCell.toJson(row.cells().get(METRIC)) + ":");
            starts[VALUE] = json.size();
            add(CsvCell.toJson(row.cells().get(VALUE)));
        }
        add("}}");
        return written.read(json.toByteArray(), 0, json.size());
    }

    private void add(String text) {
        json.writeBytes(text.getBytes(StandardCharsets.UTF_8));
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

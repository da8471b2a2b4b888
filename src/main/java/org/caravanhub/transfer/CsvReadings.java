package org.caravanhub.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private List<String> common = List.of();
    private StringBuilder metrics = new StringBuilder();

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
        if (!cells.subList(0, METRIC).equals(common)) {
            complete = finish();
            common = List.copyOf(cells.subList(0, METRIC));
            String source = String.join("\n", common.subList(2, FLAGS));
            if (!together.begins(cells.get(2), cells.get(0), source)) {
                records.mistake(
                        0,
                        "the lines of a reading do not stand together; sort them by measured_at, or export them again");
            }
        }
        String value = CsvCell.toJson(cells.get(VALUE));
        String name = CsvCell.toJson(cells.get(METRIC));
        if (isRight(cells, name, value)) {
            metrics.append(metrics.isEmpty() ? "" : ",")
                    .append(name)
                    .append(':')
                    .append(value);
        }
        return complete;
    }

    /** Looks at this record alone, so that what is wrong is told with its place. */
    private boolean isRight(List<String> cells, String name, String value) {
        write(cells, name + ":" + value);
        starts[VALUE] = starts[METRIC] + name.getBytes(StandardCharsets.UTF_8).length;
        try {
            written.read(json.toByteArray(), 0, json.size());
            return true;
        } catch (NotAReading e) {
            int cell = 0;
            for (int i = 0; i < starts.length; i++) {
                cell = starts[i] < e.column() && starts[i] >= starts[cell] ? i : cell;
            }
            records.mistake(cell, HEADER.get(cell) + ": " + e.reason());
            return false;
        }
    }

    private @Nullable Reading finish() {
        if (metrics.isEmpty()) {
            return null;
        }
        write(common, metrics.toString());
        metrics = new StringBuilder();
        try {
            return written.read(json.toByteArray(), 0, json.size());
        } catch (NotAReading e) {
            records.mistake(0, "the reading that ends before this line: " + e.reason());
            return null;
        }
    }

    private void write(List<String> cells, String members) {
        json.reset();
        for (int i = 0; i < FLAGS; i++) {
            add((i == 0 ? "{\"" : ",\"") + HEADER.get(i) + "\":");
            starts[i] = json.size();
            String cell = i < 2 ? cells.get(i) : CsvCell.toText(cells.get(i));
            add(CsvCell.textAsJson(cell));
        }
        add(",\"flags\":");
        starts[FLAGS] = json.size();
        String flags = cells.get(FLAGS);
        add(flags.isEmpty() ? "[]" : "[" + CsvCell.textAsJson(flags).replace(" ", "\",\"") + "]");
        add(",\"metrics\":{");
        starts[METRIC] = json.size();
        add(members);
        add("}}");
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

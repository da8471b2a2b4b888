package org.caravanhub.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.caravanhub.device.Registration;
import org.caravanhub.device.RegistrationDraft;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.CsvCell;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;

/** Devices in a file of CSV: a header, then a line each. Everything that is wrong is told with line and column before anything is done. */
public final class DeviceFile {
    private static final String FILE = "line";
    private static final String ID = "id";

    private final Mistakes mistakes;
    private final Set<String> ignored;
    private final RegistrationDraft rules =
            new RegistrationDraft(RegistrationDraft.blank("any", new Registration.Topics("", "", ""), Instant.EPOCH));
    private final Map<String, Long> seen = new TreeMap<>();
    private List<String> columns = List.of();

    /**
     * @param ignored columns that a file may have and that say nothing
     * @param mistakes is told what is wrong, with line and column
     */
    public DeviceFile(Set<String> ignored, Mistakes mistakes) {
        this.ignored = ignored;
        this.mistakes = mistakes;
    }

    /**
     * A line.
     *
     * @param number of the line, from 1 on
     * @param fields what it says, by the names of {@link RegistrationDraft#FIELDS}; a column that the file does not have is not among them
     */
    public record Entry(long number, String device, Map<String, String> fields) {}

    /** What the file says; not to be used if there are mistakes. */
    public List<Entry> read(byte[] csv) {
        List<Entry> entries = new ArrayList<>();
        if (csv.length > 1 && csv[0] == 0x1f) {
            mistakes.at(FILE, 1, 1, "found a packed file; expected text");
            return entries;
        }
        try (CsvRecords records = new CsvRecords(new Lines(FILE, new ByteArrayInputStream(csv), mistakes), mistakes)) {
            if (!records.next()) {
                mistakes.at(FILE, 1, 1, "found nothing; expected a header like id,family,name");
            } else if (head(records)) {
                while (records.next()) {
                    if (records.cells().size() > 1 || !records.cells().get(0).isEmpty()) {
                        entry(records).ifPresent(entries::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be read", e);
        }
        return entries;
    }

    /** Tells what is wrong with a line that was read before. */
    public void mistake(Entry entry, String what) {
        mistakes.at(FILE, entry.number(), 1, what);
    }

    private boolean head(CsvRecords records) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < records.cells().size(); i++) {
            String name = records.cells().get(i).strip().replace("\uFEFF", "");
            if (names.contains(name)) {
                records.mistake(i, "there is a column " + Quoted.of(name) + " before");
            } else if (!name.equals(ID) && !RegistrationDraft.FIELDS.contains(name) && !ignored.contains(name)) {
                records.mistake(i, "there is no column " + Quoted.of(name) + "; " + columnsLike(name));
            }
            names.add(name);
        }
        if (!names.contains(ID)) {
            records.mistake(0, "there is no column id");
        }
        columns = List.copyOf(names);
        return mistakes.count() == 0;
    }

    private static String columnsLike(String name) {
        List<String> all = new ArrayList<>(List.of(ID));
        all.addAll(RegistrationDraft.FIELDS);
        return Nearest.to(name, all).map(near -> "did you mean " + near + "? ").orElse("") + "there are "
                + String.join(", ", all);
    }

    private Optional<Entry> entry(CsvRecords records) {
        if (records.cells().size() != columns.size()) {
            records.mistake(
                    records.cells().size() - 1,
                    "found " + records.cells().size() + " cells; the header has " + columns.size());
            return Optional.empty();
        }
        long number = records.row().number();
        Map<String, String> fields = new LinkedHashMap<>();
        String id = "";
        for (int i = 0; i < columns.size(); i++) {
            int cell = i;
            String column = columns.get(i);
            String text = CsvCell.toText(records.cells().get(i));
            if (column.equals(ID)) {
                id = text;
                DeviceId.flaw(text).or(() -> twice(text, number)).ifPresent(flaw -> records.mistake(cell, flaw));
            } else if (RegistrationDraft.FIELDS.contains(column)) {
                boolean isLeftOut = column.equals("family") && text.isEmpty();
                if (!isLeftOut) {
                    rules.set(column, text).ifPresent(flaw -> records.mistake(cell, column + ": " + flaw));
                    fields.put(column, text);
                }
            }
        }
        return Optional.of(new Entry(number, id, fields));
    }

    private Optional<String> twice(String id, long number) {
        Long before = seen.putIfAbsent(id, number);
        return before == null ? Optional.empty() : Optional.of("the device is in line " + before + " already");
    }
}

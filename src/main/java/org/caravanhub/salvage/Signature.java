package org.caravanhub.salvage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one table look, wherever they lie.
 *
 * @param table its name
 * @param place on which pages they are
 * @param columns in the order of the file
 * @param plausible what must also be true, so that no row of another table and no damaged one is taken for one of these
 */
public record Signature(String table, Place place, List<Column> columns, Predicate<Row> plausible) {
    /** Where rows are kept. */
    enum Place {
        /** With a rowid. */
        TABLE,
        /** In the tree of their key. */
        WITHOUT_ROWID,
        /** Once more in a unique index: all columns, and then the rowid. */
        INDEX
    }

    /**
     * A column.
     *
     * @param type {@code i} integer, {@code r} real, {@code t} text, {@code b} blob; {@code n} the number of the row, which is not
     *     kept in it; a capital may be null; {@code A} is an integer that was added to the table later: rows of before end before it
     */
    public record Column(String name, char type) {}

    /** Rows with a number of their own. Columns as names and types: {@code "id n, names t"}. */
    static Signature table(String table, String columns, Predicate<Row> plausible) {
        return new Signature(table, Place.TABLE, parse(columns), plausible);
    }

    /** Rows without. */
    static Signature withoutRowid(String table, String columns, Predicate<Row> plausible) {
        return new Signature(table, Place.WITHOUT_ROWID, parse(columns), plausible);
    }

    /** A second copy of this one's rows, in an index over all columns but the number. */
    Signature inUniqueIndex() {
        List<Column> indexed = new ArrayList<>(columns.subList(1, columns.size()));
        indexed.add(new Column("rowid", 'i'));
        return new Signature(table, Place.INDEX, List.copyOf(indexed), plausible);
    }

    /** What a row has in a column of this name; empty for null, and if there is no such column. */
    public Optional<Object> value(Row row, String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name.equals(column)) {
                return columns.get(i).type == 'n'
                        ? Optional.of(row.rowid())
                        : Optional.ofNullable(row.values().get(i));
            }
        }
        return Optional.empty();
    }

    /** The row as a row of the table; empty if it is none. */
    Optional<Row> recognise(Row found, boolean onIndexPage) {
        Row row = withAdded(found);
        if (onIndexPage == (place == Place.TABLE) || row.values().size() != columns.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!fits(columns.get(i).type, row.values().get(i))) {
                return Optional.empty();
            }
        }
        Row asInTable = place == Place.INDEX ? fromIndex(row) : row;
        return plausible.test(asInTable) ? Optional.of(asInTable) : Optional.empty();
    }

    /** SQLite does not write a column that is added later to the rows that there are. */
    private Row withAdded(Row row) {
        int last = columns.size() - 1;
        if (row.values().size() != last || columns.get(last).type != 'A') {
            return row;
        }
        List<@Nullable Object> values = new ArrayList<>(row.values());
        values.add(null);
        return new Row(row.rowid(), values);
    }

    private static Row fromIndex(Row row) {
        int last = row.values().size() - 1;
        List<@Nullable Object> values = new ArrayList<>();
        values.add(null);
        values.addAll(row.values().subList(0, last));
        return new Row(row.number(last), values);
    }

    private static boolean fits(char type, @Nullable Object value) {
        if (value == null) {
            return type == 'n' || Character.isUpperCase(type);
        }
        return switch (Character.toLowerCase(type)) {
            case 'i', 'a' -> value instanceof Long;
            case 'r' -> value instanceof Double || value instanceof Long;
            case 't' -> value instanceof String;
            case 'b' -> value instanceof byte[];
            default -> false;
        };
    }

    private static List<Column> parse(String columns) {
        return Arrays.stream(columns.split(", ", -1))
                .map(column -> new Column(column.substring(0, column.length() - 2), column.charAt(column.length() - 1)))
                .toList();
    }
}

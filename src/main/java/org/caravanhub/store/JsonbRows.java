package org.caravanhub.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.caravanhub.reading.Reading;

/**
 * Readings in PostgreSQL: a row with its metrics as {@code jsonb}. A batch goes as one statement with a column an array, which is
 * faster than COPY and tells by itself which rows are new (docs/reference/performance.md).
 */
final class JsonbRows implements ReadingRows {
    private static final Sql INSERT_READINGS = Sql.load("store/insert-reading");
    private static final Sql SELECT_READING_AT = Sql.load("store/select-reading-at");

    private final Sources sources;
    private final SourceHours hours = new SourceHours();
    private final List<Row> added = new ArrayList<>();

    private record Key(long source, long measuredAt) {}

    private record Row(Key key, Reading reading) {}

    JsonbRows(Sources sources) {
        this.sources = sources;
    }

    @Override
    public void clear() {
        added.clear();
    }

    @Override
    public void add(Reading reading, long measuredAt, Statements statements) throws SQLException {
        added.add(row(reading, measuredAt, statements));
    }

    @Override
    public boolean[] insert(Statements statements) throws SQLException {
        Set<Key> fresh = added.isEmpty() ? Set.of() : insert(added, statements);
        boolean[] isNew = new boolean[added.size()];
        for (int i = 0; i < isNew.length; i++) {
            // Of two with one key the first was inserted: they go in order.
            isNew[i] = fresh.remove(added.get(i).key);
        }
        return isNew;
    }

    @Override
    public Found insertAt(Reading reading, long measuredAt, Statements statements) throws SQLException {
        Row row = row(reading, measuredAt, statements);
        Found found = at(row, statements);
        if (found == Found.NOTHING) {
            insert(List.of(row), statements);
        }
        return found;
    }

    @Override
    public void forget() {
        added.clear();
        hours.forget();
    }

    private Row row(Reading reading, long measuredAt, Statements statements) throws SQLException {
        long source = sources.numberOf(reading.source(), statements);
        hours.note(source, measuredAt, statements);
        return new Row(new Key(source, measuredAt), reading);
    }

    private static Found at(Row row, Statements statements) throws SQLException {
        PreparedStatement select = statements.of(SELECT_READING_AT);
        select.setString(1, metrics(row.reading));
        select.setLong(2, row.key.source);
        select.setLong(3, row.key.measuredAt);
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return Found.NOTHING;
            }
            return rows.getBoolean(1) ? Found.THE_SAME : Found.ANOTHER;
        }
    }

    private static Set<Key> insert(List<Row> rows, Statements statements) throws SQLException {
        Connection connection = statements.connection();
        PreparedStatement insert = statements.of(INSERT_READINGS);
        insert.setArray(1, connection.createArrayOf("bigint", column(rows, row -> row.key.source)));
        insert.setArray(2, connection.createArrayOf("bigint", column(rows, row -> row.key.measuredAt)));
        insert.setArray(3, connection.createArrayOf("bigint", column(rows, row -> row.reading
                .receivedAt()
                .toEpochMilli())));
        insert.setArray(4, connection.createArrayOf("integer", column(rows, row -> row.reading.flags())));
        insert.setArray(5, connection.createArrayOf("text", column(rows, row -> metrics(row.reading))));
        Set<Key> fresh = new HashSet<>(rows.size() * 2);
        try (ResultSet inserted = insert.executeQuery()) {
            while (inserted.next()) {
                fresh.add(new Key(inserted.getLong(1), inserted.getLong(2)));
            }
        }
        return fresh;
    }

    private static Object[] column(List<Row> rows, java.util.function.Function<Row, Object> value) {
        return rows.stream().map(value).toArray();
    }

    private static String metrics(Reading reading) {
        return new String(reading.metrics().json(), StandardCharsets.UTF_8);
    }
}

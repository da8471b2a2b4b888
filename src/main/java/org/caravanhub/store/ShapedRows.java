package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.caravanhub.reading.Reading;

/** Readings in SQLite: the values without their names, in order of the minute (docs/decisions/0002-row-layout.md). */
final class ShapedRows implements ReadingRows {
    private static final Sql INSERT_READING = Sql.load("store/insert-reading");
    private static final Sql SELECT_READING_AT = Sql.load("store/select-reading-at");
    private static final long MINUTE = 60_000;

    private final Sources sources;
    private final Shapes shapes = new Shapes();
    private final SourceHours hours = new SourceHours();
    private int added;

    ShapedRows(Sources sources) {
        this.sources = sources;
    }

    @Override
    public void clear() {
        added = 0;
    }

    @Override
    public void add(Reading reading, long measuredAt, Statements statements) throws SQLException {
        PreparedStatement insert = statements.of(INSERT_READING);
        if (added == 0) {
            insert.clearBatch();
        }
        bind(reading, measuredAt, insert, statements);
        insert.addBatch();
        added++;
    }

    @Override
    public boolean[] insert(Statements statements) throws SQLException {
        boolean[] isNew = new boolean[added];
        if (added > 0) {
            int[] counts = statements.of(INSERT_READING).executeBatch();
            for (int i = 0; i < added; i++) {
                isNew[i] = counts[i] > 0;
            }
        }
        return isNew;
    }

    @Override
    public Found insertAt(Reading reading, long measuredAt, Statements statements) throws SQLException {
        Found found = at(reading, measuredAt, statements);
        if (found == Found.NOTHING) {
            PreparedStatement insert = statements.of(INSERT_READING);
            bind(reading, measuredAt, insert, statements);
            insert.executeUpdate();
        }
        return found;
    }

    @Override
    public void forget() {
        shapes.forget();
        hours.forget();
    }

    private Found at(Reading reading, long measuredAt, Statements statements) throws SQLException {
        Shapes.Shaped shaped = shapes.shape(reading.source(), reading.metrics().json(), statements);
        PreparedStatement select = statements.of(SELECT_READING_AT);
        select.setLong(1, Math.floorDiv(measuredAt, MINUTE));
        select.setLong(2, sources.numberOf(reading.source(), statements));
        select.setLong(3, measuredAt);
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return Found.NOTHING;
            }
            boolean same = rows.getLong(1) == shaped.shapeId() && Arrays.equals(rows.getBytes(2), shaped.values());
            return same ? Found.THE_SAME : Found.ANOTHER;
        }
    }

    private void bind(Reading reading, long measuredAt, PreparedStatement insert, Statements statements)
            throws SQLException {
        Shapes.Shaped shaped = shapes.shape(reading.source(), reading.metrics().json(), statements);
        long source = sources.numberOf(reading.source(), statements);
        hours.note(source, measuredAt, statements);
        insert.setLong(1, Math.floorDiv(measuredAt, MINUTE));
        insert.setLong(2, source);
        insert.setLong(3, measuredAt);
        insert.setLong(4, reading.receivedAt().toEpochMilli());
        insert.setInt(5, reading.flags());
        insert.setLong(6, shaped.shapeId());
        // As bytes, cast to text by the statement: they are UTF-8 already.
        insert.setBytes(7, shaped.values());
    }
}

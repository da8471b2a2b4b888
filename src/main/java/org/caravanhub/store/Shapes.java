package org.caravanhub.store;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.reading.Source;

/** Finds the shape of a reading, by looking at its source's last one first. Belongs to the writer thread. */
final class Shapes {
    private static final Sql SELECT_SHAPE = Sql.load("store/select-shape");
    private static final Sql INSERT_SHAPE = Sql.load("store/insert-shape");
    private static final Sql INSERT_METRICS = Sql.load("store/insert-metrics");
    private static final Sql COUNT_SHAPES = Sql.load("store/count-shapes");

    /** So many shapes may exist. A device that makes up names for its metrics gets none beyond that, and its rows are larger. */
    private static final long MOST = 10_000;

    private static final int REMEMBERED = 20_000;

    private final Map<Source, Shape> last = new HashMap<>();
    private final Map<String, Shape> byNames = new HashMap<>();
    private long count = -1;

    /** The row's part that holds the metrics: which shape, and the values. */
    record Shaped(long shapeId, byte[] values) {}

    Shaped shape(Source source, byte[] metrics, Statements statements) throws SQLException {
        Shape usual = last.get(source);
        if (usual != null) {
            Optional<byte[]> values = usual.valuesOf(metrics);
            if (values.isPresent()) {
                return new Shaped(usual.id(), values.get());
            }
        }
        List<byte[]> names = Shape.namesOf(metrics);
        byte[] array = Shape.array(names);
        String key = new String(array, StandardCharsets.UTF_8);
        Shape shape = byNames.get(key);
        if (shape == null) {
            long id = numberOf(array, statements);
            if (id == Shape.WHOLE_OBJECT) {
                return new Shaped(id, metrics);
            }
            shape = new Shape(id, names);
            forgetIfMany();
            byNames.put(key, shape);
        }
        last.put(source, shape);
        return new Shaped(shape.id(), shape.valuesOf(metrics).orElseThrow());
    }

    void forget() {
        byNames.clear();
        last.clear();
        count = -1;
    }

    private long numberOf(byte[] array, Statements statements) throws SQLException {
        long known = number(statements.of(SELECT_SHAPE), array);
        if (known >= 0) {
            return known;
        }
        if (count < 0) {
            count = number(statements.of(COUNT_SHAPES));
        }
        if (count >= MOST) {
            return Shape.WHOLE_OBJECT;
        }
        long id = number(statements.of(INSERT_SHAPE), array);
        PreparedStatement insertMetrics = statements.of(INSERT_METRICS);
        insertMetrics.setLong(1, id);
        insertMetrics.executeUpdate();
        count++;
        return id;
    }

    private void forgetIfMany() {
        if (byNames.size() >= REMEMBERED || last.size() >= REMEMBERED) {
            forget();
        }
    }

    private static long number(PreparedStatement statement, byte[] names) throws SQLException {
        statement.setBytes(1, names);
        return number(statement);
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : -1;
        }
    }
}

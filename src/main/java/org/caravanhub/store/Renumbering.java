package org.caravanhub.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.caravanhub.salvage.Row;
import org.caravanhub.salvage.Survey;
import org.caravanhub.salvage.Tables;

/**
 * Which numbers the sources and shapes of an old file have in the database: the same source may have got another one since. What
 * the old file no longer tells gets a name of its own, so that readings are kept even if nobody knows whose they are.
 */
final class Renumbering {
    private static final Sql SELECT_SOURCE = Sql.load("store/select-source");
    private static final Sql INSERT_SOURCE = Sql.load("store/insert-source");
    private static final Sql SELECT_SHAPE = Sql.load("store/select-shape");
    private static final Sql INSERT_SHAPE = Sql.load("store/insert-shape");
    private static final Sql INSERT_METRICS = Sql.load("store/insert-metrics");
    private static final Sql SELECT_SERIES = Sql.load("salvage/select-series");
    private static final Sql INSERT_SERIES = Sql.load("salvage/insert-series");
    private static final Sql ADD_DEVICE = Sql.load("salvage/add-device");
    private static final int DEVICE = 1;
    private static final int COLUMNS = 7;

    private final Map<Long, Long> sources = new HashMap<>();
    private final Map<Long, Long> shapes = new HashMap<>();
    private final Map<Long, Long> series = new HashMap<>();
    private final Instant now;

    Renumbering(Instant now) {
        this.now = now;
    }

    /** Gives every source and shape that can be read its number; devices are there already. In a transaction of its own. */
    void learn(Survey survey, Connection connection) throws SQLException {
        Set<String> devices = survey.rows(Tables.DEVICE).stream()
                .map(row -> row.text(0))
                .collect(Collectors.toCollection(HashSet::new));
        Map<Long, Row> best = new HashMap<>();
        for (Row row : survey.rows(Tables.SOURCE)) {
            // It is there twice; if one of the two is damaged, it is more likely the one whose device nobody knows.
            best.merge(row.rowid(), row, (a, b) -> devices.contains(a.text(DEVICE)) ? a : b);
        }
        for (Row row : best.values()) {
            if (devices.add(row.text(DEVICE))) {
                addDevice(row.text(DEVICE), row.text(DEVICE + 1), connection);
            }
            sources.put(row.rowid(), source(row.values().subList(1, COLUMNS + 1), connection));
        }
        for (Row row : survey.rows(Tables.SHAPE)) {
            if (!shapes.containsKey(row.rowid())) {
                shapes.put(row.rowid(), row.rowid() == 0 ? 0 : shape(row.text(1), connection));
            }
        }
        shapes.put(0L, 0L);
        for (Row row : survey.rows(Tables.SERIES)) {
            if (sources.containsKey(row.number(1)) && !series.containsKey(row.rowid())) {
                List<?> key = List.of(source(row.number(1)), row.text(2));
                long known = number(SELECT_SERIES, key, connection);
                series.put(row.rowid(), known >= 0 ? known : number(INSERT_SERIES, key, connection));
            }
        }
    }

    /** Makes up names for what a reading refers to and nobody knows. In a transaction of its own. */
    void learnUnknown(long source, long shape, String values, Connection connection) throws SQLException {
        if (!sources.containsKey(source)) {
            String device = "salvaged-" + source;
            addDevice(device, "unknown", connection);
            sources.put(source, source(List.of(device, "unknown", "", "", "", "", ""), connection));
        }
        if (!shapes.containsKey(shape)) {
            StringBuilder names = new StringBuilder("[");
            JsonSlices elements = new JsonSlices(values.getBytes(StandardCharsets.UTF_8));
            for (int i = 1; elements.nextElement(); i++) {
                names.append(i == 1 ? "" : ",")
                        .append("\"salvaged_")
                        .append(shape)
                        .append('_')
                        .append(i)
                        .append('"');
            }
            shapes.put(shape, shape(names.append(']').toString(), connection));
        }
    }

    boolean knows(long source, long shape) {
        return sources.containsKey(source) && shapes.containsKey(shape);
    }

    long source(long old) {
        return sources.getOrDefault(old, 0L);
    }

    long shape(long old) {
        return shapes.getOrDefault(old, 0L);
    }

    /** Sums whose series nobody knows are sums of nothing. */
    boolean knowsSeries(long old) {
        return series.containsKey(old);
    }

    long series(long old) {
        return series.getOrDefault(old, 0L);
    }

    private void addDevice(String id, String family, Connection connection) throws SQLException {
        try (PreparedStatement add = prepare(ADD_DEVICE, connection)) {
            add.setString(1, id);
            add.setString(2, family);
            add.setLong(3, now.toEpochMilli());
            add.setLong(4, now.toEpochMilli());
            for (int count = 5; count <= 8; count++) {
                add.setLong(count, 0);
            }
            add.executeUpdate();
        }
    }

    private static long source(List<?> columns, Connection connection) throws SQLException {
        long known = number(SELECT_SOURCE, columns, connection);
        return known >= 0 ? known : number(INSERT_SOURCE, columns, connection);
    }

    private static long shape(String names, Connection connection) throws SQLException {
        long known = number(SELECT_SHAPE, List.of(names), connection);
        if (known >= 0) {
            return known;
        }
        long id = number(INSERT_SHAPE, List.of(names), connection);
        try (PreparedStatement metrics = prepare(INSERT_METRICS, connection)) {
            metrics.setLong(1, id);
            metrics.executeUpdate();
        }
        return id;
    }

    private static long number(Sql sql, List<?> parameters, Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(sql, connection)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }

    static PreparedStatement prepare(Sql sql, Connection connection) throws SQLException {
        return connection.prepareStatement(sql.in(Dialect.SQLITE).text());
    }
}

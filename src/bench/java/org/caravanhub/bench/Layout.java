package org.caravanhub.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One way to keep readings as rows: its tables, its insert, its question. */
abstract class Layout {
    /** A reading on its way into the table. */
    record Row(int source, long measuredAt, byte[] metrics) {}

    private static final String COLUMNS =
            "source_id integer not null, measured_at integer not null, received_at integer not null, flags integer not null, ";
    private static final String KEY = "primary key (source_id, measured_at)";
    private static final String MINUTE_KEY = "primary key (minute, source_id, measured_at)";
    private static final String MINUTE = "minute integer not null, ";
    /** Where a table is kept by the minute, the question goes from minute to minute instead of through all sources. */
    private static final String BY_MINUTE =
            "with recursive span(minute) as (select ?2 / 60000 union all select minute + 1"
                    + " from span where minute < ?3 / 60000) select measured_at / 300000, avg(%s) from span cross join reading"
                    + " on reading.minute = span.minute %s where source_id = ?1 and measured_at >= ?2 and measured_at < ?3 group by 1";

    final String name;
    final int pageSize;
    private final String table;

    Layout(String name, int pageSize, String table) {
        this.name = name;
        this.pageSize = pageSize;
        this.table = table;
    }

    /** Those that were measured for docs/decisions/0002-row-layout.md. */
    static List<Layout> all() {
        return List.of(
                new Json("A-text-rowid-index-4096", 4096, false, "unique (source_id, measured_at)"),
                new Json("A2-text-keyed-4096", 4096, false, KEY),
                new Json("A2-text-keyed-2048", 2048, false, KEY),
                new Json("A2-text-keyed-1024", 1024, false, KEY),
                new Json("B-jsonb-keyed-4096", 4096, true, KEY),
                new Narrow("C-narrow-4096", 4096),
                new Json("D-text-time-first-4096", 4096, false, "primary key (measured_at, source_id)"),
                new Json("G-text-minute-4096", 4096, false, MINUTE_KEY),
                new Json("G-text-minute-2048", 2048, false, MINUTE_KEY),
                new Values("E-values-keyed-4096", 4096, KEY),
                new Values("E-values-keyed-1024", 1024, KEY),
                new Values("H-values-minute-4096", 4096, MINUTE_KEY),
                new Counted(new Json("A2-text-keyed-4096", 4096, false, KEY)),
                new Counted(new Json("G-text-minute-4096", 4096, false, MINUTE_KEY)),
                new Counted(new Values("H-values-minute-4096", 4096, MINUTE_KEY)));
    }

    /** Makes its tables. */
    void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : table.split(";")) {
                statement.executeUpdate(sql);
            }
        }
    }

    /** What this layout writes with, on this connection. */
    abstract Sink sink(Connection connection) throws SQLException;

    /** Means of 5 minutes of one metric of one source: parameters source, from, until, metric. */
    abstract String means();

    /** Writes batches; the caller commits. */
    interface Sink extends AutoCloseable {
        void write(List<Row> batch) throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private static final class Json extends Layout {
        private final String insert;
        private final String value;
        private final boolean byMinute;

        Json(String name, int pageSize, boolean binary, String key) {
            super(
                    name,
                    pageSize,
                    "create table reading (" + (key.equals(MINUTE_KEY) ? MINUTE : "") + COLUMNS + "metrics "
                            + (binary ? "blob" : "text") + " not null, " + key + ") strict"
                            + (key.startsWith("unique") ? "" : ", without rowid"));
            this.byMinute = key.equals(MINUTE_KEY);
            this.value = binary ? "json_extract(metrics, ?4)" : "metrics ->> ?4";
            this.insert = "insert into reading values (" + (byMinute ? "?2 / 60000, " : "") + "?1, ?2, ?3, 0, "
                    + (binary ? "jsonb(?4)" : "?4") + ") on conflict do nothing";
        }

        @Override
        Sink sink(Connection connection) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(insert);
            return new Sink() {
                @Override
                public void write(List<Row> batch) throws SQLException {
                    for (Row row : batch) {
                        statement.setInt(1, row.source());
                        statement.setLong(2, row.measuredAt());
                        statement.setLong(3, row.measuredAt() + 250);
                        statement.setString(4, new String(row.metrics(), StandardCharsets.UTF_8));
                        statement.addBatch();
                    }
                    statement.executeBatch();
                }

                @Override
                public void close() throws SQLException {
                    statement.close();
                }
            };
        }

        @Override
        String means() {
            return byMinute
                    ? BY_MINUTE.formatted(value, "")
                    : "select measured_at / 300000, avg(" + value
                            + ") from reading where source_id = ?1 and measured_at >= ?2 and measured_at < ?3 group by 1";
        }
    }

    private static final class Narrow extends Layout {
        Narrow(String name, int pageSize) {
            super(
                    name,
                    pageSize,
                    "create table series (id integer primary key, source_id integer not null, metric text not null, unique (source_id, metric)) strict;"
                            + "create table reading (series_id integer not null, measured_at integer not null, value any not null, primary key (series_id, measured_at)) strict, without rowid");
        }

        @Override
        Sink sink(Connection connection) throws SQLException {
            PreparedStatement statement =
                    connection.prepareStatement("insert into reading values (?, ?, ?) on conflict do nothing");
            Set<Integer> known = new HashSet<>();
            FlatObject object = new FlatObject();
            return new Sink() {
                @Override
                public void write(List<Row> batch) throws SQLException {
                    for (Row row : batch) {
                        object.read(row.metrics());
                        for (int member = 0; member < object.count(); member++) {
                            statement.setInt(1, series(row.source(), member));
                            statement.setLong(2, row.measuredAt());
                            String value = object.value(member);
                            if (value.charAt(0) == '"') {
                                statement.setString(3, value);
                            } else if (value.indexOf('.') < 0) {
                                statement.setLong(3, Long.parseLong(value));
                            } else {
                                statement.setDouble(3, Double.parseDouble(value));
                            }
                            statement.addBatch();
                        }
                    }
                    statement.executeBatch();
                }

                /** A device always sends the same members in the same order, so the place of a member is its number. */
                private int series(int source, int member) throws SQLException {
                    int id = source * FlatObject.LIMIT + member;
                    if (known.add(id)) {
                        try (PreparedStatement insert = connection.prepareStatement(
                                "insert into series values (?, ?, ?) on conflict do nothing")) {
                            insert.setInt(1, id);
                            insert.setInt(2, source);
                            insert.setString(3, object.name(member));
                            insert.executeUpdate();
                        }
                    }
                    return id;
                }

                @Override
                public void close() throws SQLException {
                    statement.close();
                }
            };
        }

        @Override
        String means() {
            return "select measured_at / 300000, avg(value) from reading where series_id = (select id from series"
                    + " where source_id = ?1 and metric = substr(?4, 3)) and measured_at >= ?2 and measured_at < ?3 group by 1";
        }
    }

    /** The names once in a table of shapes, the values as a JSON array in each row. */
    private static final class Values extends Layout {
        private final boolean byMinute;

        Values(String name, int pageSize, String key) {
            super(
                    name,
                    pageSize,
                    "create table shape (id integer not null, position integer not null, metric text not null, primary key (id, position)) strict, without rowid;"
                            + "create table reading (" + (key.equals(MINUTE_KEY) ? MINUTE : "") + COLUMNS
                            + "shape_id integer not null, metrics text not null, " + key + ") strict, without rowid");
            this.byMinute = key.equals(MINUTE_KEY);
        }

        @Override
        Sink sink(Connection connection) throws SQLException {
            PreparedStatement statement = connection.prepareStatement("insert into reading values ("
                    + (byMinute ? "?2 / 60000, " : "") + "?1, ?2, ?3, 0, ?4, ?5) on conflict do nothing");
            Map<Integer, Integer> shapes = new HashMap<>();
            FlatObject object = new FlatObject();
            return new Sink() {
                @Override
                public void write(List<Row> batch) throws SQLException {
                    for (Row row : batch) {
                        object.read(row.metrics());
                        Integer shape = shapes.get(object.shape());
                        statement.setInt(1, row.source());
                        statement.setLong(2, row.measuredAt());
                        statement.setLong(3, row.measuredAt() + 250);
                        statement.setInt(4, shape == null ? newShape() : shape);
                        statement.setString(5, new String(object.values(), StandardCharsets.UTF_8));
                        statement.addBatch();
                    }
                    statement.executeBatch();
                }

                /** The number of a shape that this connection has not met; it may be in the table already. */
                private int newShape() throws SQLException {
                    int id = find();
                    for (int member = 0; id == 0 && member < object.count(); member++) {
                        try (PreparedStatement insert = connection.prepareStatement(
                                "insert into shape select coalesce(max(id), 0) + (? = 0), ?, ? from shape")) {
                            insert.setInt(1, member);
                            insert.setInt(2, member);
                            insert.setString(3, object.name(member));
                            insert.executeUpdate();
                        }
                    }
                    id = id == 0 ? find() : id;
                    shapes.put(object.shape(), id);
                    return id;
                }

                private int find() throws SQLException {
                    try (PreparedStatement select =
                            connection.prepareStatement("select id from shape where position = 0 and metric = ?")) {
                        select.setString(1, object.name(0));
                        try (var rows = select.executeQuery()) {
                            return rows.next() ? rows.getInt(1) : 0;
                        }
                    }
                }

                @Override
                public void close() throws SQLException {
                    statement.close();
                }
            };
        }

        @Override
        String means() {
            String shape = "join shape on shape.id = shape_id and metric = substr(?4, 3)";
            return byMinute
                    ? BY_MINUTE.formatted("reading.metrics ->> position", shape)
                    : "select measured_at / 300000, avg(reading.metrics ->> position) from reading " + shape
                            + " where source_id = ?1 and measured_at >= ?2 and measured_at < ?3 group by 1";
        }
    }
}

package org.caravanhub.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.caravanhub.TestPostgres;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Measures the ways to write readings to PostgreSQL through JDBC so that each tells which rows are new: in transactions of 1, 50 and
 * 2000 readings of the paku family. {@code PostgresForms COUNT} starts a server of its own and prints a Markdown table: median of
 * five rounds.
 */
public final class PostgresForms {
    private static final int SOURCES = 50;
    private static final int ROUNDS = 5;
    private static final int[] BATCHES = {1, 50, 2000};

    private enum Form {
        BATCH("executeBatch, a count for each row"),
        ARRAYS("one statement, a column an array (unnest), returning keys"),
        COPY("binary COPY into a temporary table, insert select, returning keys");

        private final String words;

        Form(String words) {
            this.words = words;
        }
    }

    private final String[] metrics;

    private PostgresForms(int count) {
        Telemetry telemetry = new Telemetry();
        metrics = new String[count];
        for (int message = 0; message < count; message++) {
            metrics[message] =
                    new String(telemetry.metrics(message % SOURCES, message / SOURCES), StandardCharsets.UTF_8);
        }
    }

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        PostgresForms forms = new PostgresForms(count);
        System.out.println("| form | readings/s in transactions of 1 | 50 | 2000 |\n|---|---|---|---|");
        try (TestPostgres postgres = TestPostgres.fresh();
                Connection connection = DriverManager.getConnection(postgres.url());
                Statement statement = connection.createStatement()) {
            for (Form form : Form.values()) {
                StringBuilder line = new StringBuilder("| " + form.words + " |");
                for (int batch : BATCHES) {
                    double[] rates = new double[ROUNDS];
                    for (int round = -1; round < ROUNDS; round++) {
                        int rows = Math.min(count, batch * 2000);
                        prepare(statement);
                        long start = System.nanoTime();
                        forms.write(form, connection, rows, batch);
                        rates[Math.max(0, round)] = rows * 1e9 / (System.nanoTime() - start);
                    }
                    Arrays.sort(rates);
                    line.append(String.format(" %,.0f |", rates[ROUNDS / 2]));
                }
                System.out.println(line);
            }
        }
    }

    private static void prepare(Statement statement) throws SQLException {
        statement.execute("drop table if exists reading");
        statement.execute("drop table if exists given");
        statement.execute("create table reading (source_id bigint not null, measured_at timestamptz not null,"
                + " received_at timestamptz not null, flags integer not null, metrics jsonb not null,"
                + " primary key (source_id, measured_at))");
        statement.execute("create index on reading (measured_at, source_id)");
        statement.execute("create temporary table given (source_id bigint, measured_at bigint, received_at bigint,"
                + " flags integer, metrics text)");
        statement.execute("checkpoint");
    }

    private void write(Form form, Connection connection, int rows, int batch) throws SQLException, IOException {
        try (Statement control = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(sql(form))) {
            for (int from = 0; from < rows; from += batch) {
                control.execute("begin");
                int to = Math.min(rows, from + batch);
                int fresh =
                        switch (form) {
                            case BATCH -> batch(insert, from, to);
                            case ARRAYS -> arrays(connection, insert, from, to);
                            case COPY -> copy(connection, control, insert, from, to);
                        };
                if (fresh != to - from) {
                    throw new AssertionError(fresh + " of " + (to - from));
                }
                control.execute("commit");
            }
        }
    }

    private static String sql(Form form) {
        String into = "insert into reading select source_id, to_timestamp(measured_at::float8 / 1000),"
                + " to_timestamp(received_at::float8 / 1000), flags, metrics::jsonb from ";
        String end = " on conflict do nothing";
        String keys = end + " returning source_id, measured_at";
        return switch (form) {
            case BATCH ->
                "insert into reading values (?, to_timestamp(?::float8 / 1000),"
                        + " to_timestamp(?::float8 / 1000), ?, ?::jsonb)" + end;
            case ARRAYS ->
                into + "unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::integer[], ?::text[])"
                        + " as given (source_id, measured_at, received_at, flags, metrics)" + keys;
            case COPY -> into + "given" + keys;
        };
    }

    private static long at(int message) {
        return Telemetry.START_MILLIS + message / SOURCES * 10_000L;
    }

    private int batch(PreparedStatement insert, int from, int to) throws SQLException {
        for (int i = from; i < to; i++) {
            insert.setLong(1, i % SOURCES);
            insert.setLong(2, at(i));
            insert.setLong(3, at(i));
            insert.setInt(4, 0);
            insert.setString(5, metrics[i]);
            insert.addBatch();
        }
        return Arrays.stream(insert.executeBatch()).sum();
    }

    private int arrays(Connection connection, PreparedStatement insert, int from, int to) throws SQLException {
        Object[] sources = new Object[to - from];
        Object[] times = new Object[to - from];
        Object[] flags = new Object[to - from];
        for (int i = from; i < to; i++) {
            sources[i - from] = (long) (i % SOURCES);
            times[i - from] = at(i);
            flags[i - from] = 0;
        }
        insert.setArray(1, connection.createArrayOf("bigint", sources));
        insert.setArray(2, connection.createArrayOf("bigint", times));
        insert.setArray(3, connection.createArrayOf("bigint", times));
        insert.setArray(4, connection.createArrayOf("integer", flags));
        insert.setArray(5, connection.createArrayOf("text", Arrays.copyOfRange(metrics, from, to)));
        return rows(insert);
    }

    private int copy(Connection connection, Statement control, PreparedStatement insert, int from, int to)
            throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(300 * (to - from));
        DataOutputStream out = new DataOutputStream(bytes);
        out.write("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
        out.writeInt(0);
        out.writeInt(0);
        for (int i = from; i < to; i++) {
            out.writeShort(5);
            number(out, i % SOURCES);
            number(out, at(i));
            number(out, at(i));
            out.writeInt(4);
            out.writeInt(0);
            byte[] json = metrics[i].getBytes(StandardCharsets.UTF_8);
            out.writeInt(json.length);
            out.write(json);
        }
        out.writeShort(-1);
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        copies.copyIn("copy given from stdin (format binary)", new java.io.ByteArrayInputStream(bytes.toByteArray()));
        int fresh = rows(insert);
        control.execute("truncate given");
        return fresh;
    }

    private static void number(DataOutputStream out, long number) throws IOException {
        out.writeInt(8);
        out.writeLong(number);
    }

    private static int rows(PreparedStatement insert) throws SQLException {
        int count = 0;
        try (ResultSet rows = insert.executeQuery()) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }
}

package org.caravanhub.bench;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Measures the ways to say the same insert through JDBC: batches of 500, one transaction each, WAL, {@code synchronous=FULL}; and
 * whether each tells which rows were there already.
 *
 * <p>{@code InsertForms DIRECTORY COUNT} prints a Markdown table: median of five rounds.
 */
public final class InsertForms {
    private static final int BATCH = 500;
    private static final int SOURCES = 20;
    private static final int ROUNDS = 5;

    private enum Form {
        STRING_BATCH("setString, executeBatch"),
        FOREIGN_KEY("the same, foreign key on source_id checked"),
        BYTES_BATCH("cast(? as text) with setBytes, executeBatch"),
        STRING_UPDATE("setString, executeUpdate for each row"),
        BYTES_UPDATE("cast(? as text) with setBytes, executeUpdate for each row"),
        TEN_ROWS("values (...), (...) of ten rows, executeUpdate"),
        COUNTED("executeBatch, and counts of 20 devices and one flow updated in each commit");

        private final String words;

        Form(String words) {
            this.words = words;
        }
    }

    private final byte[][] metrics;

    private InsertForms(int count) {
        Telemetry telemetry = new Telemetry();
        metrics = new byte[count][];
        for (int message = 0; message < count; message++) {
            metrics[message] = telemetry.metrics(message % SOURCES, message / SOURCES);
        }
    }

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        InsertForms forms = new InsertForms(Integer.parseInt(arguments[1]));
        double[][] cpu = new double[Form.values().length][ROUNDS];
        double[][] rate = new double[Form.values().length][ROUNDS];
        String[] told = new String[Form.values().length];
        for (int round = -1; round < ROUNDS; round++) {
            for (Form form : Form.values()) {
                Path file = directory.resolve("forms.db");
                for (String suffix : new String[] {"", "-wal", "-shm"}) {
                    Files.deleteIfExists(Path.of(file + suffix));
                }
                try (Connection connection = open(file, form)) {
                    long cpuFrom = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    long from = System.nanoTime();
                    int stored = forms.write(connection, form);
                    if (round >= 0) {
                        rate[form.ordinal()][round] = forms.metrics.length / ((System.nanoTime() - from) / 1e9);
                        cpu[form.ordinal()][round] =
                                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuFrom)
                                        / 1e4
                                        / forms.metrics.length;
                    }
                    int again = forms.write(connection, form);
                    told[form.ordinal()] = stored == forms.metrics.length && again == 0 ? "yes" : stored + ", " + again;
                }
            }
        }
        System.out.println(
                "| form | readings/s | CPU-s per 100,000 | says what was there already |\n|---|---|---|---|");
        for (Form form : Form.values()) {
            Arrays.sort(rate[form.ordinal()]);
            Arrays.sort(cpu[form.ordinal()]);
            System.out.printf(
                    "| %s | %,.0f | %.3f | %s |%n",
                    form.words,
                    rate[form.ordinal()][ROUNDS / 2],
                    cpu[form.ordinal()][ROUNDS / 2],
                    told[form.ordinal()]);
        }
    }

    private int write(Connection connection, Form form) throws SQLException {
        boolean bytes = form == Form.BYTES_BATCH || form == Form.BYTES_UPDATE;
        String row = "(?, ?, ?, 0, " + (bytes ? "cast(? as text)" : "?") + ")";
        String rows = form == Form.TEN_ROWS ? row + (", " + row).repeat(9) : row;
        int stored = 0;
        try (PreparedStatement insert =
                        connection.prepareStatement("insert into reading values " + rows + " on conflict do nothing");
                PreparedStatement device = connection.prepareStatement(
                        "update device set received = received + ?, stored = stored + ?, last_seen_at = ? where id = ?");
                PreparedStatement ledger =
                        connection.prepareStatement("update ledger set received = received + ?, stored = stored + ?")) {
            int column = 0;
            for (int message = 0; message < metrics.length; message++) {
                long measuredAt = Telemetry.START_MILLIS + message / SOURCES * 10_000L;
                insert.setInt(++column, message % SOURCES);
                insert.setLong(++column, measuredAt);
                insert.setLong(++column, measuredAt + 250);
                if (bytes) {
                    insert.setBytes(++column, metrics[message]);
                } else {
                    insert.setString(++column, new String(metrics[message], StandardCharsets.UTF_8));
                }
                switch (form) {
                    case STRING_UPDATE, BYTES_UPDATE -> {
                        stored += insert.executeUpdate();
                        column = 0;
                    }
                    case TEN_ROWS -> {
                        if (column == 40) {
                            stored += insert.executeUpdate();
                            column = 0;
                        }
                    }
                    default -> {
                        insert.addBatch();
                        column = 0;
                    }
                }
                if (message % BATCH == BATCH - 1) {
                    if (form.ordinal() <= Form.BYTES_BATCH.ordinal() || form == Form.COUNTED) {
                        for (int changed : insert.executeBatch()) {
                            stored += changed;
                        }
                    }
                    if (form == Form.COUNTED) {
                        for (int source = 0; source < SOURCES; source++) {
                            device.setInt(1, BATCH / SOURCES);
                            device.setInt(2, BATCH / SOURCES);
                            device.setLong(3, measuredAt);
                            device.setString(4, Telemetry.device(source));
                            device.addBatch();
                        }
                        device.executeBatch();
                        ledger.setInt(1, BATCH);
                        ledger.setInt(2, BATCH);
                        ledger.executeUpdate();
                    }
                    connection.commit();
                }
            }
        }
        return stored;
    }

    private static Connection open(Path file, Form form) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("pragma foreign_keys = " + (form == Form.FOREIGN_KEY ? "on" : "off"));
            statement.execute(
                    "create table device (id text not null primary key, last_seen_at integer not null,"
                            + " received integer not null check (received = stored), stored integer not null) strict, without rowid");
            statement.execute(
                    "create table source (id integer primary key, device text not null references device (id)) strict");
            statement.execute("create table ledger (flow text not null primary key, received integer not null check"
                    + " (received = stored), stored integer not null) strict, without rowid");
            statement.execute(
                    "create table reading (source_id integer not null references source (id), measured_at integer not"
                            + " null, received_at integer not null, flags integer not null, metrics text not null,"
                            + " primary key (source_id, measured_at)) strict, without rowid");
            statement.execute("insert into ledger values ('flow', 0, 0)");
            for (int source = 0; source < SOURCES; source++) {
                statement.execute("insert into device values ('" + Telemetry.device(source) + "', 0, 0, 0)");
                statement.execute("insert into source values (" + source + ", '" + Telemetry.device(source) + "')");
            }
        }
        connection.setAutoCommit(false);
        return connection;
    }
}

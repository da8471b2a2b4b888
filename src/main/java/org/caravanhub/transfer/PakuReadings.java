package org.caravanhub.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.caravanhub.reading.NotAReading;
import org.caravanhub.reading.PastReading;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.jspecify.annotations.Nullable;

/**
 * The measurements in paku's PostgreSQL, and those of its power stations if there are any: all as they were when the reading began, a page at
 * a time. Only read, never changed.
 */
public final class PakuReadings implements Readings {
    private static final int PAGE = 5000;
    private static final Map<String, List<String>> TABLES = Map.of(
            "measurements",
                    List.of("id", "site_id", "system", "device_id", "location", "mac", "ts", "metrics", "created_at"),
            "ecoflow_measurements", List.of("id", "device_sn", "ts"));

    private final Connection connection;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final long size;
    private final Mistakes mistakes;
    private final PastReading past = new PastReading();
    private final Set<String> tables;
    private String table = "measurements";
    private PreparedStatement page;
    private @Nullable ResultSet rows;
    private int inPage;
    private long after = Long.MIN_VALUE;
    private long read;

    private PakuReadings(
            Connection connection, Set<String> tables, @Nullable Instant from, @Nullable Instant to, Mistakes mistakes)
            throws SQLException {
        this.connection = connection;
        this.tables = tables;
        this.from = from;
        this.to = to;
        this.mistakes = mistakes;
        this.size = count("count-paku-measurements")
                + (tables.contains("ecoflow_measurements") ? count("count-paku-ecoflow") : 0);
        this.page = connection.prepareStatement(SqlText.load("select-paku-measurements"));
    }

    /**
     * Connects, and looks whether it is paku's database.
     *
     * @param url for JDBC, without a password
     * @param user empty for that of the URL or of the operating system
     * @param password empty if none is asked for
     * @param from measured at or after this; null for all
     * @param to measured before this; null for all
     * @throws Unreadable if it cannot be connected to, or is another database
     */
    public static PakuReadings open(
            String url, String user, String password, @Nullable Instant from, @Nullable Instant to, Mistakes mistakes) {
        Properties properties = new Properties();
        properties.put("ApplicationName", "caravan import");
        properties.put("connectTimeout", "10");
        properties.put("socketTimeout", "120");
        if (!user.isEmpty()) {
            properties.put("user", user);
        }
        if (!password.isEmpty()) {
            properties.put("password", password);
        }
        try {
            Connection connection = DriverManager.getConnection(url, properties);
            try {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                return new PakuReadings(connection, tables(connection), from, to, mistakes);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            boolean isRefused = String.valueOf(e.getSQLState()).startsWith("28");
            throw new Unreadable(
                    "PostgreSQL at " + url + ": "
                            + String.valueOf(e.getMessage()).replace('\n', ' '),
                    isRefused ? "the password is taken from PGPASSWORD, or asked for; the user is --user" : "");
        }
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        Map<String, Set<String>> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery(SqlText.load("find-paku-tables"))) {
            while (columns.next()) {
                found.computeIfAbsent(columns.getString(1), name -> new HashSet<>())
                        .add(columns.getString(2));
            }
        }
        if (!found.containsKey("measurements")) {
            throw new Unreadable(
                    "this database has no table measurements, so it is not paku's", "name the database in --from");
        }
        TABLES.forEach((name, columns) -> {
            Set<String> there = found.getOrDefault(name, Set.copyOf(columns));
            if (!there.containsAll(columns)) {
                throw new Unreadable(
                        "the table " + name + " has not the columns of paku's; it has " + there + ", expected "
                                + columns,
                        "");
            }
        });
        return found.keySet();
    }

    private long count(String statement) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(SqlText.load(statement))) {
            bind(count, 1, from);
            bind(count, 2, to);
            try (ResultSet row = count.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static void bind(PreparedStatement statement, int number, @Nullable Instant moment) throws SQLException {
        statement.setObject(number, moment == null ? null : moment.toEpochMilli(), Types.BIGINT);
    }

    @Override
    public @Nullable Reading next() throws IOException {
        try {
            while (toNextRow()) {
                read++;
                Reading reading = reading(rows());
                if (reading != null) {
                    return reading;
                }
            }
            return null;
        } catch (SQLException e) {
            throw new IOException("PostgreSQL says: " + e.getMessage(), e);
        }
    }

    private boolean toNextRow() throws SQLException {
        while (rows == null || !rows.next()) {
            if (rows != null && inPage < PAGE && !toNextTable()) {
                return false;
            }
            openPage();
        }
        inPage++;
        after = rows.getLong("id");
        return true;
    }

    private boolean toNextTable() throws SQLException {
        if (!table.equals("measurements") || !tables.contains("ecoflow_measurements")) {
            return false;
        }
        table = "ecoflow_measurements";
        after = Long.MIN_VALUE;
        page.close();
        page = connection.prepareStatement(SqlText.load("select-paku-ecoflow"));
        return true;
    }

    private void openPage() throws SQLException {
        page.setFetchSize(1000);
        page.setLong(1, after);
        bind(page, 2, from);
        bind(page, 3, to);
        page.setInt(4, PAGE);
        rows = page.executeQuery();
        inPage = 0;
    }

    private ResultSet rows() {
        return java.util.Objects.requireNonNull(rows);
    }

    private @Nullable Reading reading(ResultSet row) throws SQLException {
        Source source = new Source(
                row.getString("device"),
                row.getString("family"),
                row.getString("site"),
                row.getString("system"),
                "",
                row.getString("location"),
                row.getString("mac"));
        byte[] metrics = row.getString("metrics").getBytes(StandardCharsets.UTF_8);
        try {
            return past.of(source, row.getLong("measured_at"), row.getLong("received_at"), metrics);
        } catch (NotAReading e) {
            mistakes.at(table + " id " + after, e.reason());
            return null;
        }
    }

    @Override
    public long position() {
        return read;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}

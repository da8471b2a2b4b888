package org.caravanhub.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.backup.DatabaseCopies;

/**
 * Copies of the hub's schema in a PostgreSQL, made by {@code pg_dump} of one moment: its rows are counted in the snapshot that is written
 * down, and in what was written.
 */
public final class PostgresCopies implements DatabaseCopies {
    private static final String FILE = "caravan.dump";
    private static final String HISTORY = "flyway_schema_history";
    private static final Pattern COPY = Pattern.compile("COPY (?:\\S+\\.)?\"?([^\" ]+)\"? \\((.*)\\) FROM stdin;");

    private final PostgresAddress address;
    private final PostgresTools tools;
    private final SqliteCopies beside;
    private final Path data;

    /** @param data the data folder, in which what waits for the database is */
    public PostgresCopies(PostgresAddress address, Path data) {
        this.address = address;
        this.tools = new PostgresTools(address);
        this.beside = new SqliteCopies(data);
        this.data = data;
    }

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public String fileName() {
        return FILE;
    }

    @Override
    public int newestSchema() {
        return PostgresSchema.NEWEST;
    }

    @Override
    public Facts copyTo(Path folder) throws IOException {
        // Before the rest: what is delivered meanwhile is in both, and a repeat is kept once.
        SqliteCopies.copyBeside(data, folder);
        Path file = folder.resolve(FILE);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        SortedMap<String, Long> rows;
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            rows = rows(connection);
            tools.run(PostgresTools.command(
                    "pg_dump",
                    "--no-password",
                    "--format=custom",
                    "--compress=0",
                    "--no-owner",
                    "--no-privileges",
                    "--schema=" + address.schema(),
                    "--snapshot=" + snapshot(connection),
                    "--file=" + file));
        } catch (SQLException e) {
            throw new IOException(address + " cannot be copied: " + e.getMessage(), e);
        }
        DamagedFiles.force(file);
        Facts written = check(folder);
        if (!written.rows().equals(rows)) {
            throw new IOException("pg_dump wrote " + written.rows() + " rows of " + rows);
        }
        return written;
    }

    private static String snapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select pg_export_snapshot()")) {
            answer.next();
            return answer.getString(1);
        }
    }

    @Override
    public Facts check(Path folder) throws IOException {
        SqliteCopies.checkBeside(folder);
        if (Files.notExists(folder.resolve(FILE))) {
            throw new IOException("there is no copy of the database");
        }
        Counting counting = new Counting();
        tools.run(
                PostgresTools.command(
                        "pg_restore",
                        "--data-only",
                        "--file=-",
                        folder.resolve(FILE).toString()),
                counting::read);
        return new Facts(counting.schema, counting.rows);
    }

    /** Counts rows in what {@code pg_restore} writes, and finds the newest migration. */
    private static final class Counting {
        private final SortedMap<String, Long> rows = new TreeMap<>();
        private int schema;

        private void read(BufferedReader lines) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher copy = COPY.matcher(line);
                if (copy.matches()) {
                    int version = copy.group(1).equals(HISTORY)
                            ? List.of(copy.group(2).split(", ")).indexOf("version")
                            : -1;
                    rows.put(copy.group(1), count(lines, version));
                }
            }
        }

        private long count(BufferedReader lines, int version) throws IOException {
            long count = 0;
            for (String row = lines.readLine(); row != null && !row.equals("\\."); row = lines.readLine()) {
                count++;
                if (version >= 0 && row.split("\t", -1)[version].matches("\\d{1,6}")) {
                    schema = Math.max(schema, Integer.parseInt(row.split("\t", -1)[version]));
                }
            }
            return count;
        }
    }

    @Override
    public SortedMap<String, Long> rowsNow() throws IOException {
        try (Connection connection = connect()) {
            return rows(connection);
        } catch (SQLException e) {
            throw new IOException(address + " is away: " + e.getMessage(), e);
        }
    }

    private SortedMap<String, Long> rows(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("select relname from pg_class where relkind = 'r'"
                        + " and relnamespace = to_regnamespace('" + address.schema() + "') order by relname")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        SortedMap<String, Long> rows = new TreeMap<>();
        for (String table : tables) {
            try (Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery(
                            "select count(*) from " + address.schema() + ".\"" + table.replace("\"", "\"\"") + '"')) {
                answer.next();
                rows.put(table, answer.getLong(1));
            }
        }
        return rows;
    }

    /** All in one transaction: the schema that is there goes and the other comes, or nothing happens. */
    @Override
    public void replace(Path folder) throws IOException {
        Path dump = folder.resolve(FILE);
        if (Files.exists(dump)) {
            Path script = folder.resolve("caravan.sql");
            Files.deleteIfExists(script);
            Files.createFile(
                    script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            tools.run(PostgresTools.command(
                    "pg_restore", "--no-owner", "--no-privileges", "--file=" + script, dump.toString()));
            tools.run(PostgresTools.command(
                    "psql",
                    "--no-password",
                    "--no-psqlrc",
                    "--quiet",
                    "--single-transaction",
                    "--set=ON_ERROR_STOP=1",
                    "--command=drop schema if exists " + address.schema() + " cascade",
                    "--file=" + script));
            Files.delete(script);
            Files.delete(dump);
        }
        beside.replaceBeside(folder);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), address.unhurried());
    }
}

package org.caravanhub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravanhub.backup.DatabaseCopies;

/** Copies of the databases in the data folder, made by SQLite itself while the hub goes on writing. */
public final class SqliteCopies implements DatabaseCopies {
    static final String MAIN = "caravan.db";

    private final Path data;

    /** Of this data folder. */
    public SqliteCopies(Path data) {
        this.data = data;
    }

    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public String fileName() {
        return MAIN;
    }

    @Override
    public int newestSchema() {
        return Schema.NEWEST;
    }

    @Override
    public void requireThere() throws IOException {
        if (Files.notExists(data.resolve(MAIN))) {
            throw new IOException("there is no database in " + data);
        }
    }

    @Override
    public Facts copyTo(Path folder) throws IOException {
        requireThere();
        copyAll(folder);
        return check(folder);
    }

    private void copyAll(Path folder) throws IOException {
        copy(data.resolve(MAIN), folder.resolve(MAIN));
        copyBeside(data, folder);
    }

    /** What waits for a database elsewhere was acknowledged; and flows may have a database of their own. */
    static void copyBeside(Path data, Path folder) throws IOException {
        for (String name : List.of("spool.db", "own.db")) {
            if (Files.exists(data.resolve(name))) {
                copy(data.resolve(name), folder.resolve(name));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Connection connection = DatabaseCopy.readOnly(from)) {
            DatabaseCopy.vacuum(connection, to);
        } catch (SQLException e) {
            throw new IOException(from + " cannot be copied: " + e.getMessage(), e);
        }
    }

    @Override
    public Facts check(Path folder) throws IOException {
        checkBeside(folder);
        Path file = folder.resolve(MAIN);
        if (Files.notExists(file)) {
            throw new IOException("there is no copy of the database");
        }
        try (Connection connection = sound(file)) {
            long schema = SqliteDatabase.number(
                    connection, "select max(cast(version as integer)) from flyway_schema_history where success = 1");
            return new Facts(Math.toIntExact(schema), rows(connection));
        } catch (SQLException e) {
            throw new IOException("the copy of the database cannot be read: " + e.getMessage(), e);
        }
    }

    static void checkBeside(Path folder) throws IOException {
        for (String name : List.of("spool.db", "own.db")) {
            if (Files.exists(folder.resolve(name))) {
                try {
                    sound(folder.resolve(name)).close();
                } catch (SQLException e) {
                    throw new IOException("the copy of " + name + " cannot be read: " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public SortedMap<String, Long> rowsNow() throws IOException {
        if (Files.notExists(data.resolve(MAIN))) {
            return new TreeMap<>();
        }
        try (Connection connection = DatabaseCopy.readOnly(data.resolve(MAIN))) {
            return rows(connection);
        } catch (SQLException e) {
            // It may be damaged, which is why somebody restores.
            return new TreeMap<>();
        }
    }

    @Override
    public void replace(Path folder) throws IOException {
        replace(folder, MAIN);
        replaceBeside(folder);
    }

    void replaceBeside(Path folder) throws IOException {
        replace(folder, "spool.db");
        replace(folder, "own.db");
    }

    /** The log of the database that was there would be taken for the log of the one that comes. */
    private void replace(Path folder, String name) throws IOException {
        if (Files.exists(folder.resolve(name))) {
            for (String log : List.of("-wal", "-shm", "-journal")) {
                Files.deleteIfExists(data.resolve(name + log));
            }
            Files.move(folder.resolve(name), data.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            DamagedFiles.force(data);
        }
    }

    /** A connection to a file that SQLite finds nothing wrong with. */
    private static Connection sound(Path file) throws SQLException {
        Connection connection = DatabaseCopy.readOnly(file);
        try {
            String verdict = DatabaseCopy.verdict(connection);
            if (!verdict.equals("ok")) {
                throw new SQLException("SQLite says \"" + verdict + "\" of it");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static SortedMap<String, Long> rows(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("select name from sqlite_schema where type = 'table'"
                        + " and name not like 'sqlite\\_%' escape '\\' order by name")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        SortedMap<String, Long> rows = new TreeMap<>();
        for (String table : tables) {
            rows.put(
                    table,
                    SqliteDatabase.number(connection, "select count(*) from \"" + table.replace("\"", "\"\"") + '"'));
        }
        return rows;
    }
}

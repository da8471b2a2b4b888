package org.caravanhub.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/** Which shape the database has, and how it gets from an older one to today's. */
final class Schema {
    /** The number of the newest file in {@code db/migration}. */
    static final int NEWEST = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final String OLDEST_SAFE_SQLITE = "3.51.3";

    private Schema() {}

    /**
     * Runs the migrations that are missing. Looks first, on a connection that cannot write, so that a file which must be refused
     * is not touched; and does not wake Flyway when there is nothing to do, since that would cost a third of a second at each start.
     */
    static void bringUpToDate(Path file) throws SQLException {
        int version = look(file);
        if (version > NEWEST) {
            throw new UnusableDatabase(
                    file,
                    "it was made by a newer Caravan (schema " + version + ", this one knows up to " + NEWEST + ")",
                    "Start the newer Caravan, or restore a backup made by this one.");
        }
        if (version < NEWEST) {
            migrate(file);
            LOG.info("database={} schema={} was={}", file, NEWEST, version);
        }
    }

    /** The schema's number, 0 for an empty file. */
    private static int look(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(5000);
        try (Connection connection = DriverManager.getConnection(SqliteDatabase.url(file), config.toProperties())) {
            checkSqlite(file, text(connection, "select sqlite_version()"));
            if (SqliteDatabase.number(connection, "select count(*) from sqlite_schema") == 0) {
                return 0;
            }
            if (SqliteDatabase.number(connection, "pragma application_id") != SqliteDatabase.APPLICATION_ID) {
                throw new UnusableDatabase(
                        file, "it is a database of another program", "Choose another folder with --data.");
            }
            return (int) SqliteDatabase.number(
                    connection, "select max(cast(version as integer)) from flyway_schema_history where success = 1");
        }
    }

    private static void migrate(Path file) throws SQLException {
        try (Connection connection = SqliteDatabase.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma application_id = " + SqliteDatabase.APPLICATION_ID);
        }
        Flyway.configure()
                .dataSource(SqliteDatabase.url(file), null, null)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** Two connections could corrupt the file up to 3.51.2, when one wrote while the other folded the log in. */
    private static void checkSqlite(Path file, String version) {
        if (compare(version, OLDEST_SAFE_SQLITE) < 0) {
            throw new UnusableDatabase(
                    file,
                    "the SQLite in use is " + version + ", which can corrupt a database; " + OLDEST_SAFE_SQLITE
                            + " is the oldest that is safe",
                    "Use the sqlite-jdbc that comes with Caravan.");
        }
    }

    private static int compare(String a, String b) {
        return java.lang.Runtime.Version.parse(a).compareTo(java.lang.Runtime.Version.parse(b));
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

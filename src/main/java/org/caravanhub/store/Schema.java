package org.caravanhub.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.caravanhub.salvage.SalvagedFile;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Which shape the database has, and how it gets from an older one to today's. */
final class Schema {
    /** The number of the newest file in {@code db/migration}. */
    static final int NEWEST = 15;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final String OLDEST_SAFE_SQLITE = "3.51.3";

    private Schema() {}

    /**
     * What a file says of itself.
     *
     * @param isEmpty whether it has no tables at all
     * @param applicationId whose it is
     * @param version the number of its newest migration; 0 if none is noted
     * @param hasReadings whether the first migration was run
     */
    private record Look(boolean isEmpty, long applicationId, long version, boolean hasReadings) {}

    /**
     * Runs the migrations that are missing, after a verified copy was made. Looks first, on a connection that cannot write, so that
     * a file which must be refused is not touched; and does not wake Flyway when there is nothing to do, since that would cost a
     * third of a second at each start.
     *
     * @throws SQLException if the file cannot be read, or says of itself what cannot be true
     */
    static void bringUpToDate(Path file) throws SQLException {
        Look look = look(file);
        if (!look.isEmpty) {
            checkOwner(file, look);
        }
        if (look.version > NEWEST) {
            throw new UnusableDatabase(
                    file,
                    "it was made by a newer Caravan (schema " + look.version + ", this one knows up to " + NEWEST + ")",
                    "Start the newer Caravan, or restore a backup made by this one.");
        }
        if (look.version < NEWEST) {
            if (look.version > 0) {
                backUp(file, look.version);
            }
            migrate(file);
            LOG.info("database={} schema={} was={}", file, NEWEST, look.version);
        }
    }

    private static Look look(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(5000);
        try (Connection connection = DriverManager.getConnection(SqliteDatabase.url(file), config.toProperties())) {
            checkSqlite(file, text(connection, "select sqlite_version()"));
            boolean isEmpty = SqliteDatabase.number(connection, "select count(*) from sqlite_schema") == 0;
            long owner = SqliteDatabase.number(connection, "pragma application_id");
            if (isEmpty || owner != SqliteDatabase.APPLICATION_ID) {
                return new Look(isEmpty, owner, 0, false);
            }
            return new Look(
                    false,
                    owner,
                    SqliteDatabase.number(
                            connection,
                            "select max(cast(version as integer)) from flyway_schema_history where success = 1"),
                    SqliteDatabase.number(connection, "select count(*) from sqlite_schema where name = 'reading'") > 0);
        }
    }

    /** A wrong byte in our file must not make it somebody else's; somebody else's must not be taken for ours. */
    private static void checkOwner(Path file, Look look) throws SQLException {
        boolean isMarked = look.applicationId == SqliteDatabase.APPLICATION_ID;
        if (!isMarked && !isOurs(file)) {
            throw new UnusableDatabase(
                    file, "it is a database of another program", "Choose another folder with --data.");
        }
        if (!isMarked || (look.version == 0 && look.hasReadings)) {
            throw new SQLiteException("what the file says of itself is not true", SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }

    private static boolean isOurs(Path file) {
        try (SalvagedFile pages = SalvagedFile.open(file)) {
            return pages.isOurs();
        } catch (IOException e) {
            return false;
        }
    }

    private static void backUp(Path file, long version) throws SQLException {
        try {
            Path copy = DatabaseCopy.of(file, "before-schema-" + NEWEST, Instant.now());
            LOG.info("backup={} schema={}", copy, version);
        } catch (IOException e) {
            throw new UnusableDatabase(
                    file,
                    "its tables have to be changed, and no copy could be made before (" + e.getMessage() + ")",
                    "Make room, or give the folder to the user that runs Caravan.",
                    e);
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

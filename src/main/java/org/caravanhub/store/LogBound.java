package org.caravanhub.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Folds a write-ahead log that has grown into the database, and cuts it. SQLite folds by itself after each thousand pages, but cannot
 * begin the log anew while somebody reads, and never makes the file smaller while there are readers.
 */
public final class LogBound {
    /** What the log may grow to before it is cut. */
    public static final long BYTES = 16L * 1024 * 1024;

    private final SqliteDatabase database;

    /** Of the log of this database. */
    public LogBound(SqliteDatabase database) {
        this.database = database;
    }

    /**
     * Cuts the log if it is larger than it should be and nobody reads it. The writer waits meanwhile, for a fifth of a second at most
     * for a reader; if it cannot be cut, it is tried again at the next call.
     */
    public void keep() throws SQLException {
        if (database.walBytes() <= BYTES) {
            return;
        }
        Path file = database.file();
        try (Connection connection = SqliteDatabase.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 200");
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }
}

package org.caravanhub.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Whether what SQLite's write-ahead log shows is surely on the disk. When writing to the disk fails, the kernel may go on to show the pages
 * as if they had been written. A repeat that is found in them must not be acknowledged, nor anything that is appended behind them: a
 * power cut would take both. So the log is first folded into the database, which writes all of it anew. Belongs to one writer.
 */
final class LogDoubt {
    private boolean isDoubted;

    /** Notes how a commit failed. */
    void commitFailed(SQLException e) {
        isDoubted |= e instanceof SQLiteException && Dialect.SQLITE.failure(e) == Dialect.Failure.AWAY;
    }

    /**
     * Makes sure of the log if there is doubt.
     *
     * @throws SQLException if that is not possible now; nothing is to be written then
     */
    void settle(Connection connection) throws SQLException {
        if (!isDoubted) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet folded = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
            if (!folded.next() || folded.getInt("busy") != 0) {
                throw new SQLiteException(
                        "the log is to be folded after an error of the disk, and somebody reads it",
                        SQLiteErrorCode.SQLITE_BUSY);
            }
        }
        isDoubted = false;
    }
}

package org.caravanhub.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.caravanhub.reading.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a write-ahead log that has grown into the database, and cuts it. SQLite folds by itself after each thousand pages, but cannot
 * begin the log anew while somebody reads, and never makes the file smaller while there are readers. Ours stand back for it; one in
 * another process cannot be ended from here, and then storing goes on, since a log that grows does less harm than readings that
 * are not kept.
 */
public final class LogBound implements CommitListener {
    /** What the log may grow to before it is cut. */
    public static final long BYTES = 16L * 1024 * 1024;
    /** From here on our own readers stand back for it: what one commit adds fits below 64 MB. */
    static final long MANY_BYTES = 2 * BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(LogBound.class);
    /** So long our own are let alone when it did not help that they stood back: it is somebody else who reads. */
    private static final long REST_NANOS = Duration.ofSeconds(30).toNanos();

    private final SqliteDatabase database;
    private long restUntil = System.nanoTime();

    /** Of the log of this database. */
    public LogBound(SqliteDatabase database) {
        this.database = database;
    }

    /** A backlog that is drained can write more in a second than others look after: the writer itself waits then. */
    @Override
    public synchronized void committed(List<Reading> stored, Receipt receipt) {
        if (database.walBytes() > MANY_BYTES && !isResting()) {
            try {
                keep();
            } catch (SQLException | IOException e) {
                LOG.debug("the log could not be cut", e);
            }
        }
    }

    /**
     * Cuts the log if it is larger than it should be. The writer waits meanwhile, for a fifth of a second for readers, and as long as a
     * question may take if the log is much larger. If it cannot be cut, it is tried again at the next call.
     */
    public synchronized void keep() throws SQLException, IOException {
        if (database.walBytes() <= BYTES || cut() || database.walBytes() <= MANY_BYTES || isResting()) {
            return;
        }
        database.withoutReading(() -> {
            if (!cut()) {
                restUntil = System.nanoTime() + REST_NANOS;
            }
        });
    }

    /** Folds all of it into the database now, however little it is; a reader that is in the way is not waited for. */
    public synchronized boolean fold() throws SQLException {
        return cut();
    }

    private boolean isResting() {
        return System.nanoTime() - restUntil < 0;
    }

    /** Answers whether nobody was in the way. */
    private boolean cut() throws SQLException {
        try (Connection connection = SqliteDatabase.connect(database.file());
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 200");
            try (ResultSet folded = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
                return folded.next() && folded.getInt("busy") == 0;
            }
        }
    }
}

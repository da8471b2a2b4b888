package org.caravanhub.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.caravanhub.http.Moment;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/**
 * Writes readings into a SQLite file of their own, for any tool that reads SQLite. It is not a hub's database: one table {@code reading}, see
 * {@code docs/how-to/export-and-import.md}.
 */
public final class SqliteExport implements Closeable {
    /** "Crvx": what tells an export from a hub's own file, and from everybody else's. */
    static final int APPLICATION_ID = 0x43727678;

    static final int VERSION = 1;
    private static final int BATCH = 1000;

    private final Connection connection;
    private final PreparedStatement insert;
    private int waiting;

    private SqliteExport(Connection connection, PreparedStatement insert) {
        this.connection = connection;
        this.insert = insert;
    }

    /**
     * A new, empty one in the place of whatever the file was.
     *
     * @throws IOException if it cannot be written
     */
    public static SqliteExport create(Path file) throws IOException {
        Files.deleteIfExists(file);
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
            try (Statement statement = connection.createStatement()) {
                // The file is renamed when it is complete; what is cut off is thrown away, so no journal is needed.
                statement.execute("pragma journal_mode = off");
                statement.execute("pragma synchronous = off");
                statement.execute("pragma application_id = " + APPLICATION_ID);
                statement.execute("pragma user_version = " + VERSION);
                statement.execute(SqlText.load("create-reading"));
            }
            connection.setAutoCommit(false);
            return new SqliteExport(connection, connection.prepareStatement(SqlText.load("insert-reading")));
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Adds a reading. */
    public void add(Reading reading) throws IOException {
        Source source = reading.source();
        String[] row = {
            source.device(),
            source.family(),
            source.site(),
            source.system(),
            source.sensor(),
            source.location(),
            source.mac(),
            Moment.text(reading.measuredAt()),
            Moment.text(reading.receivedAt()),
            Flag.of(reading.flags()).stream().map(Flag::word).collect(Collectors.joining(" ")),
            new String(reading.metrics().json(), StandardCharsets.UTF_8)
        };
        try {
            for (int i = 0; i < row.length; i++) {
                insert.setString(i + 1, row[i]);
            }
            insert.addBatch();
            if (++waiting == BATCH) {
                insert.executeBatch();
                waiting = 0;
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Writes what is left. The file is complete only if this succeeds. */
    public void finish() throws IOException {
        try {
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}

package org.caravanhub.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed;
import org.caravanhub.reading.Outcome;

/**
 * The SQLite file that deliveries wait in until the database elsewhere has them. Outcomes are numbered in the order in which they
 * came; a delivery stands at the number of its first one. Each start of the hub is a run with a name of its own, so that numbers
 * are never used twice for different things, even if an old copy of the file is put back.
 *
 * <p>The connection that reads belongs to the thread that drains. Nobody else in the process may open the file.
 */
final class SpoolFile implements AutoCloseable {
    private static final int APPLICATION_ID = 0x43727653;
    private static final Sql SELECT_DELIVERIES = Sql.load("spool/select-deliveries");

    private final Path file;
    private final TreeMap<Long, String> runs;
    private final Connection reader;
    private final PreparedStatement select;

    /** The number of the last outcome that is in it, or ever was. */
    private volatile long last;

    /** The number of the last outcome that the database elsewhere has. */
    private volatile long drained;

    /** A delivery that waits, at the number of its first outcome. */
    record Waiting(long position, SpoolCodec.Content content) {
        long lastPosition() {
            return position + content.outcomes().size() - 1;
        }
    }

    private SpoolFile(Path file, TreeMap<Long, String> runs, long last, long drained, Connection reader)
            throws SQLException {
        this.file = file;
        this.runs = runs;
        this.last = last;
        this.drained = drained;
        this.reader = reader;
        this.select =
                reader.prepareStatement(SELECT_DELIVERIES.in(Dialect.SQLITE).text());
    }

    /**
     * Opens the file or makes it, and begins a run.
     *
     * @throws UnusableDatabase if it is damaged or another program's
     */
    static SpoolFile open(Path file) {
        SqliteDatabase.create(file);
        try {
            prepare(file);
            Connection reader = SqliteDatabase.connect(file);
            long first = SqliteDatabase.number(reader, "select coalesce(min(position), 0) from delivery");
            long last = SqliteDatabase.number(
                    reader,
                    "select coalesce(max(last_position), 0) from (select last_position from delivery order by position desc limit 1)");
            TreeMap<Long, String> runs = beginRun(reader, last + 1, first == 0);
            return new SpoolFile(file, runs, last, first == 0 ? last : first - 1, reader);
        } catch (SQLException e) {
            throw new UnusableDatabase(
                    file,
                    "SQLite says \"" + e.getMessage() + "\"",
                    "It holds what PostgreSQL has not got yet: move it aside, keep it, and start again.",
                    e);
        }
    }

    private static void prepare(Path file) throws SQLException {
        try (Connection connection = SqliteDatabase.connect(file);
                Statement statement = connection.createStatement()) {
            boolean isNew = SqliteDatabase.number(connection, "select count(*) from sqlite_schema") == 0;
            if (!isNew && SqliteDatabase.number(connection, "pragma application_id") != APPLICATION_ID) {
                throw new UnusableDatabase(
                        file, "it is a database of another program", "Move it aside and start again.");
            }
            if (isNew) {
                statement.execute("begin immediate");
                statement.execute("pragma application_id = " + APPLICATION_ID);
                // Blobs of a few hundred bytes, in the order in which they are written and taken out.
                statement.execute("create table delivery (position integer primary key, last_position integer not null,"
                        + " content blob not null) strict");
                statement.execute("create table run (first_position integer primary key, name text not null) strict");
                statement.execute("commit");
            }
        }
    }

    private static TreeMap<Long, String> beginRun(Connection connection, long next, boolean isEmpty)
            throws SQLException {
        TreeMap<Long, String> runs = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            if (isEmpty) {
                statement.execute("delete from run");
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("insert or replace into run (first_position, name) values (?, ?)")) {
                insert.setLong(1, next);
                insert.setString(2, UUID.randomUUID().toString());
                insert.executeUpdate();
            }
            try (ResultSet rows = statement.executeQuery("select first_position, name from run")) {
                while (rows.next()) {
                    runs.put(rows.getLong(1), rows.getString(2));
                }
            }
            statement.execute("commit");
        }
        return runs;
    }

    Path path() {
        return file;
    }

    /** The run that wrote what stands at a number. */
    String run(long position) {
        return runs.floorEntry(position).getValue();
    }

    long last() {
        return last;
    }

    long drained() {
        return drained;
    }

    /** How many outcomes wait. */
    long waiting() {
        return last - drained;
    }

    /** Called after the commit that put it in. */
    void grown(long newLast) {
        last = newLast;
    }

    /** The database elsewhere has all up to here. */
    void drained(long position) {
        drained = Math.max(drained, position);
    }

    /** The next deliveries after a number, in order. */
    List<Waiting> after(long position, int limit) throws SQLException {
        select.setLong(1, position);
        select.setInt(2, limit);
        List<Waiting> waiting = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                waiting.add(waiting(rows.getLong(1), rows.getBytes(2), rows.getLong(3)));
            }
        }
        return waiting;
    }

    /** What cannot be read must not keep back what is behind it: it goes to quarantine, as many outcomes as it was. */
    private static Waiting waiting(long position, byte[] content, long lastPosition) {
        try {
            return new Waiting(position, SpoolCodec.decode(content));
        } catch (RuntimeException e) {
            String reason =
                    "damaged in the spool, with " + (lastPosition - position) + " more of the same commit: " + e;
            List<Outcome> lost = new ArrayList<>();
            for (long at = position; at <= lastPosition; at++) {
                Message bytes = Message.of("spool/" + at, at == position ? content : new byte[0], Instant.EPOCH);
                lost.add(new Malformed(bytes, "", Malformed.Cause.FLOW_FAILED, reason));
            }
            return new Waiting(position, new SpoolCodec.Content("spool", "read-spool", false, lost));
        }
    }

    @Override
    public void close() throws SQLException {
        reader.close();
    }
}

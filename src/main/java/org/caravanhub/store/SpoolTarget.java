package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts deliveries into the spool, and takes out in the same commit what the database elsewhere has got meanwhile: so taking out costs
 * no commit of its own.
 */
final class SpoolTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolTarget.class);
    private static final Sql INSERT_DELIVERY = Sql.load("spool/insert-delivery");
    private static final Sql DELETE_DRAINED = Sql.load("spool/delete-drained");

    /** Of a few hundred bytes each: some ten milliseconds of work. */
    private static final int DELETED_AT_ONCE = 4000;

    private final SpoolFile file;
    private @Nullable Open open;
    private long deleted;
    private Receipt receipt = Receipt.EMPTY;

    private record Open(Connection connection, Statement control, PreparedStatement insert, PreparedStatement delete) {}

    SpoolTarget(SpoolFile file) {
        this.file = file;
    }

    @Override
    public void write(List<Delivery> batch) throws SQLException {
        Open current = begin();
        long position = file.last();
        for (Delivery delivery : batch) {
            int outcomes = delivery.outcomes().size();
            delivery.standsAt(position + 1);
            current.insert.setLong(1, position + 1);
            current.insert.setLong(2, position + outcomes);
            current.insert.setBytes(3, SpoolCodec.encode(delivery));
            current.insert.addBatch();
            delivery.tally.clear();
            delivery.tally.waiting = outcomes;
            position += outcomes;
        }
        current.insert.executeBatch();
        long upTo = delete(current);
        current.control.execute("commit");
        receipt = new Receipt(0, 0, 0, 0, position - file.last());
        deleted = upTo;
        file.grown(position);
    }

    /** Takes out what is drained, when nobody writes. */
    @Override
    public <T> T lend(Work<T> work) throws SQLException {
        Open current = begin();
        long upTo = delete(current);
        T result = work.in(current.connection);
        current.control.execute("commit");
        deleted = upTo;
        return result;
    }

    /** Whether something that is drained is still in the file. */
    boolean hasDrained() {
        return deleted < file.drained();
    }

    @Override
    public void undo() {
        Open current = open;
        try {
            if (current != null) {
                current.insert.clearBatch();
                current.control.execute("rollback");
            }
        } catch (SQLException e) {
            disconnect();
        }
    }

    @Override
    public void disconnect() {
        Open current = open;
        open = null;
        try {
            if (current != null) {
                current.connection.close();
            }
        } catch (SQLException e) {
            LOG.warn("spool=close-failed reason=\"{}\"", e.getMessage());
        }
    }

    @Override
    public Dialect.Failure failure(SQLException e) {
        return Dialect.SQLITE.failure(e);
    }

    /** Nothing is told of what only waits. */
    @Override
    public List<Reading> stored() {
        return List.of();
    }

    @Override
    public Receipt receipt() {
        return receipt;
    }

    private Open begin() throws SQLException {
        Open current = open;
        if (current == null) {
            Connection connection = SqliteDatabase.connect(file.path());
            current = new Open(
                    connection,
                    connection.createStatement(),
                    connection.prepareStatement(
                            INSERT_DELIVERY.in(Dialect.SQLITE).text()),
                    connection.prepareStatement(
                            DELETE_DRAINED.in(Dialect.SQLITE).text()));
            open = current;
        }
        current.control.execute("begin immediate");
        return current;
    }

    /** Answers up to which number nothing is left. */
    private long delete(Open current) throws SQLException {
        long drained = file.drained();
        if (deleted >= drained) {
            return deleted;
        }
        current.delete.setLong(1, drained);
        current.delete.setInt(2, DELETED_AT_ONCE);
        return current.delete.executeUpdate() < DELETED_AT_ONCE ? drained : deleted;
    }
}

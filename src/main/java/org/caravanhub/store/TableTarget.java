package org.caravanhub.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a database, over one connection that is made when it is needed. */
final class TableTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(TableTarget.class);

    private final Database database;
    private final Transaction transaction;
    private final Optional<Bookmark> bookmark;
    private final LogDoubt log = new LogDoubt();
    private @Nullable Statements statements;
    private boolean isOpen;

    TableTarget(Database database, QuarantineRoom quarantine) {
        this(database, quarantine, Optional.empty());
    }

    /** @param bookmark of the spool that the deliveries come from */
    TableTarget(Database database, QuarantineRoom quarantine, Optional<Bookmark> bookmark) {
        this.database = database;
        this.bookmark = bookmark;
        this.transaction = new Transaction(database.dialect(), quarantine);
    }

    @Override
    public void write(List<Delivery> batch) throws SQLException {
        Statements connected = begin();
        List<Delivery> open = bookmark.isEmpty() ? batch : bookmark.get().advance(batch, connected);
        // If all of it is there, an earlier attempt was committed and its answer got lost: its counts stand.
        if (!open.isEmpty()) {
            transaction.write(open, connected);
        }
        commit(connected);
    }

    /** What is remembered of the tables is forgotten afterwards: the work may have changed them. */
    @Override
    public <T> T lend(Work<T> work) throws SQLException {
        Statements connected = begin();
        T result = work.in(connected.connection());
        commit(connected);
        transaction.forget();
        return result;
    }

    @Override
    public void peek(Look look) throws IOException, SQLException {
        Statements current = statements;
        if (current != null) {
            look.at(current.connection());
        }
    }

    @Override
    public void undo() {
        transaction.forget();
        bookmark.ifPresent(Bookmark::forget);
        Statements current = statements;
        try {
            if (current != null && isOpen) {
                current.rollBack();
            }
        } catch (SQLException e) {
            // The database rolls back by itself after some errors; a fresh connection is sure to have no transaction.
            disconnect();
        }
        isOpen = false;
    }

    @Override
    public void disconnect() {
        Statements current = statements;
        statements = null;
        try {
            if (current != null) {
                current.close();
            }
        } catch (SQLException e) {
            LOG.warn("store=close-failed reason=\"{}\"", e.getMessage());
        }
    }

    @Override
    public Dialect.Failure failure(SQLException e) {
        return database.dialect().failure(e);
    }

    @Override
    public List<Reading> stored() {
        return transaction.stored();
    }

    @Override
    public Receipt receipt() {
        return transaction.receipt();
    }

    private Statements begin() throws SQLException {
        Statements current = statements;
        if (current == null) {
            current = new Statements(database.openWriter(), database.dialect());
            statements = current;
        }
        log.settle(current.connection());
        current.begin();
        isOpen = true;
        return current;
    }

    private void commit(Statements connected) throws SQLException {
        try {
            connected.commit();
        } catch (SQLException e) {
            commitFailed(e);
            throw e;
        }
        isOpen = false;
    }

    /** It may be in the log nevertheless. */
    void commitFailed(SQLException e) {
        log.commitFailed(e);
    }
}

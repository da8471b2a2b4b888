package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What the writer says to the database, prepared once a connection. */
final class Statements implements AutoCloseable {
    private static final Sql SELECT_SOURCE = Sql.load("store/select-source");
    private static final Sql INSERT_SOURCE = Sql.load("store/insert-source");
    private static final Sql INSERT_QUARANTINE = Sql.load("store/insert-quarantine");
    private static final Sql COUNT_QUARANTINE = Sql.load("store/count-quarantine");
    private static final Sql DELETE_OLDEST_QUARANTINE = Sql.load("store/delete-oldest-quarantine");
    private static final Sql INSERT_EVENT = Sql.load("event/insert-event");
    private static final Sql INSERT_STATUS = Sql.load("status/insert-status");
    private static final Sql DELETE_OLDEST_STATUS = Sql.load("status/delete-oldest-status");
    private static final Sql INSERT_CONFIGURATION = Sql.load("configuration/insert-configuration");
    private static final Sql DELETE_OLDEST_CONFIGURATION = Sql.load("configuration/delete-oldest-configuration");
    private static final Sql UPSERT_DEVICE = Sql.load("store/upsert-device");
    private static final Sql UPSERT_LEDGER = Sql.load("store/upsert-ledger");

    private final Connection connection;
    private final Dialect dialect;
    final PreparedStatement selectSource;
    final PreparedStatement insertSource;
    final PreparedStatement insertQuarantine;
    final PreparedStatement countQuarantine;
    final PreparedStatement deleteOldestQuarantine;
    final PreparedStatement insertEvent;
    final PreparedStatement insertStatus;
    final PreparedStatement deleteOldestStatus;
    final PreparedStatement insertConfiguration;
    final PreparedStatement deleteOldestConfiguration;
    final PreparedStatement upsertDevice;
    final PreparedStatement upsertLedger;
    private final Map<Sql, PreparedStatement> others = new HashMap<>();
    private final Statement control;

    Statements(Connection connection, Dialect dialect) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        selectSource = prepare(SELECT_SOURCE);
        insertSource = prepare(INSERT_SOURCE);
        insertQuarantine = prepare(INSERT_QUARANTINE);
        countQuarantine = prepare(COUNT_QUARANTINE);
        deleteOldestQuarantine = prepare(DELETE_OLDEST_QUARANTINE);
        insertEvent = prepare(INSERT_EVENT);
        insertStatus = prepare(INSERT_STATUS);
        deleteOldestStatus = prepare(DELETE_OLDEST_STATUS);
        insertConfiguration = prepare(INSERT_CONFIGURATION);
        deleteOldestConfiguration = prepare(DELETE_OLDEST_CONFIGURATION);
        upsertDevice = prepare(UPSERT_DEVICE);
        upsertLedger = prepare(UPSERT_LEDGER);
        control = connection.createStatement();
    }

    /**
     * Takes the write lock. Said by hand: in its own transaction mode the driver begins the next transaction right after a commit,
     * and so would hold the lock for ever.
     */
    void begin() throws SQLException {
        control.execute(dialect.begin());
    }

    void commit() throws SQLException {
        control.execute("commit");
    }

    void rollBack() throws SQLException {
        control.execute("rollback");
    }

    /** The connection, for what else is to be written in a transaction begun here. */
    Connection connection() {
        return connection;
    }

    /** A statement that not every database is told; prepared when it is first needed. */
    PreparedStatement of(Sql sql) throws SQLException {
        PreparedStatement known = others.get(sql);
        if (known == null) {
            known = prepare(sql);
            others.put(sql, known);
        }
        return known;
    }

    private PreparedStatement prepare(Sql sql) throws SQLException {
        return connection.prepareStatement(sql.in(dialect).text());
    }

    /** Closing the connection closes what was prepared on it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

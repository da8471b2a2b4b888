package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Asks the database, never for longer than the time limit: a reader that goes on for ever would keep the write-ahead log from being
 * cut. Safe for use by many threads.
 */
public final class Queries implements AutoCloseable {
    private final Database database;
    private final Dialect dialect;
    private final DataSource readers;
    private final Duration limit;
    private final ScheduledThreadPoolExecutor clock;

    /** Makes something of the row that the result stands on. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Queries on the connections of a database that cannot write.
     *
     * @param limit how long a statement may run, 5 s in the hub
     */
    public Queries(Database database, Duration limit) {
        this.database = database;
        this.dialect = database.dialect();
        this.readers = database.readers();
        this.limit = limit;
        this.clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "query-limit");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Which SQL is asked. */
    Dialect dialect() {
        return dialect;
    }

    /**
     * Every row of the answer.
     *
     * @throws QueryTooSlow if it took longer than the limit
     * @throws QueriesBusy if no connection was free in time
     * @throws DatabaseAway if the database is elsewhere and does not answer
     * @throws IllegalStateException if the database fails otherwise
     */
    <T> List<T> all(Sql statementFile, Values values, Row<T> row) {
        Sql.Text sql = statementFile.in(dialect);
        try (Connection connection = readers.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql.text())) {
            bind(sql, values, statement);
            return rows(sql, statement, row);
        } catch (SQLTransientConnectionException e) {
            // The pool's word for both: all are in use, and none can be made.
            if (e.getCause() instanceof SQLException) {
                throw new DatabaseAway(e);
            }
            throw new QueriesBusy(e);
        } catch (SQLException e) {
            if (dialect.failure(e) == Dialect.Failure.DAMAGED) {
                database.suspected();
            }
            if (dialect == Dialect.POSTGRES && dialect.failure(e) == Dialect.Failure.AWAY) {
                throw new DatabaseAway(e);
            }
            throw new IllegalStateException("The database could not answer " + sql.name(), e);
        }
    }

    /** Stops watching; the connections belong to somebody else. */
    @Override
    public void close() {
        clock.shutdownNow();
    }

    private static void bind(Sql.Text sql, Values values, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < sql.parameters().size(); i++) {
            statement.setObject(i + 1, values.of(sql.parameters().get(i), sql.name()));
        }
    }

    private <T> List<T> rows(Sql.Text sql, PreparedStatement statement, Row<T> row) throws SQLException {
        Alarm alarm = new Alarm(statement);
        ScheduledFuture<?> watch = clock.schedule(alarm, limit.toMillis(), TimeUnit.MILLISECONDS);
        List<T> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row.read(result));
            }
        } catch (SQLException e) {
            if (alarm.hasRung()) {
                throw new QueryTooSlow(sql.name(), limit, e);
            }
            throw e;
        } finally {
            alarm.switchOff();
            watch.cancel(false);
        }
        return rows;
    }

    /** Cancels a statement, but not after it is done: by then its connection may serve somebody else. */
    private static final class Alarm implements Runnable {
        private final PreparedStatement statement;
        private boolean off;
        private boolean rung;

        Alarm(PreparedStatement statement) {
            this.statement = statement;
        }

        @Override
        public synchronized void run() {
            if (off) {
                return;
            }
            rung = true;
            try {
                statement.cancel();
            } catch (SQLException e) {
                // It ended by itself in this moment.
                off = true;
            }
        }

        synchronized boolean hasRung() {
            return rung;
        }

        synchronized void switchOff() {
            off = true;
        }
    }
}

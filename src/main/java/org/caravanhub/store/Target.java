package org.caravanhub.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.caravanhub.reading.Reading;

/** Where the writer puts a batch, all of it or nothing. Used by one thread at a time. */
interface Target {
    /**
     * Writes and commits a batch, and notes in each delivery's tally what became of it.
     *
     * @throws SQLException if nothing of it was kept; {@link #undo} must follow
     */
    void write(List<Delivery> batch) throws SQLException;

    /** Forgets what an attempt that failed had begun. */
    void undo();

    /** Lets the connection go; the next attempt makes a new one. */
    void disconnect();

    /** What an error of this target says about what to do next. */
    Dialect.Failure failure(SQLException e);

    /** The new rows of the last batch, in order of arrival. */
    List<Reading> stored();

    /** What the last batch came to. */
    Receipt receipt();

    /** Does something else in a transaction of its own. */
    <T> T lend(Work<T> work) throws SQLException;

    /** Something short that is to be written beside the deliveries. */
    @FunctionalInterface
    interface Work<T> {
        T in(java.sql.Connection connection) throws SQLException;
    }

    /** Shows the connection that there is now, outside of any transaction; does nothing if there is none. */
    default void peek(Look look) throws IOException, SQLException {}

    /** Something that is done with a connection without writing. */
    @FunctionalInterface
    interface Look {
        /** Does not look. */
        Look AWAY = connection -> {};

        void at(java.sql.Connection connection) throws IOException, SQLException;
    }
}

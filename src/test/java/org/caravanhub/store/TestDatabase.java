package org.caravanhub.store;

import java.sql.SQLException;
import org.caravanhub.reading.Outcome;

/** A real database of either kind, its writer, and words to say what to keep and to look at it. */
interface TestDatabase extends AutoCloseable {
    Database database();

    /** Who writes to its tables. */
    GroupCommit writer();

    /** Gives them as flow {@code test} and waits until they are in the tables. */
    Receipt keep(Outcome... outcomes) throws Exception;

    /** The one number of an answer. */
    long number(String sql) throws SQLException;

    /** A time in this database's words, as UTC milliseconds. */
    String milliseconds(String time);

    @Override
    void close() throws InterruptedException;
}

package org.caravanhub.store;

import java.sql.SQLException;

/** Makes changes that are not deliveries, each in a transaction of the writer, between two commits of deliveries. Safe for use by many threads. */
public final class Changes {
    private final GroupCommit writer;
    private final Database database;
    private final Dialect dialect;

    /** Something to be done in one transaction; whatever it throws undoes all of it. */
    @FunctionalInterface
    interface Work<T> {
        T on(Change change) throws SQLException;
    }

    /** Changes by this writer, in the words of this database. */
    public Changes(GroupCommit writer, Database database) {
        this.writer = writer;
        this.database = database;
        this.dialect = database.dialect();
    }

    /** Does something as soon as the database can be asked. */
    public void whenThere(Runnable work) {
        database.whenThere(work);
    }

    /**
     * Does the work in one transaction and commits it.
     *
     * @throws DatabaseAway if the database could not be written now; nothing was changed
     */
    <T> T make(Work<T> work) {
        try {
            return writer.lend(connection -> work.on(new Change(connection, dialect)));
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }
}

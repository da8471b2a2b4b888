package org.caravanhub.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What everything is kept in: who may write it and who may read it. */
public abstract sealed class Database implements AutoCloseable permits SqliteDatabase, PostgresDatabase {

    /** Which SQL it speaks. */
    abstract Dialect dialect();

    /** Read-only connections: a query that writes fails. */
    public abstract DataSource readers();

    /** A new connection that may write. There must only ever be one at a time. */
    abstract Connection openWriter() throws SQLException;

    /** Told by whoever finds in an answer that the content makes no sense. */
    void suspected() {}

    /** Does something as soon as it can be asked: a file can be from the start, a database elsewhere may be away then. */
    public void whenThere(Runnable work) {
        work.run();
    }

    /** How much room it takes. */
    public abstract long bytes();

    @Override
    public abstract void close();
}

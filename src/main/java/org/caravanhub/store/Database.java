package org.caravanhub.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What everything is kept in: who may write it and who may read it. */
public abstract sealed class Database implements AutoCloseable permits SqliteDatabase, PostgresDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** Which SQL it speaks. */
    abstract Dialect dialect();

    /** Read-only connections: a query that writes fails. */
    public abstract DataSource readers();

    /** A new connection that may write. There must only ever be one at a time. */
    abstract Connection openWriter() throws SQLException;

    /** Told by whoever finds in an answer that the content makes no sense. */
    void suspected() {}

    /**
     * Does something as soon as it can be asked: a file can be from the start, a database elsewhere may be away then. What fails is told and
     * ends nothing: a file may be damaged, and whoever needs what it knew is told when it is back.
     */
    public void whenThere(Runnable work) {
        attempt(work);
    }

    /** One that fails keeps none of the others from what they do. */
    static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("database=unread reason=\"{}\"", e.toString());
        }
    }

    /** How much room it takes. */
    public abstract long bytes();

    @Override
    public abstract void close();
}

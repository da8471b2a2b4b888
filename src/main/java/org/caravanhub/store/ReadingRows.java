package org.caravanhub.store;

import java.sql.SQLException;
import org.caravanhub.reading.Reading;

/** How readings lie in a database's tables. Belongs to the writer thread; used again for each transaction. */
interface ReadingRows {
    /** Forgets what was added and not inserted. */
    void clear();

    /** Will be inserted with the others, at this moment (UTC milliseconds). */
    void add(Reading reading, long measuredAt, Statements statements) throws SQLException;

    /** Inserts what was added; says for each, in the same order, whether it is a new row. */
    boolean[] insert(Statements statements) throws SQLException;

    /** What is at a moment of a reading's source, and inserts the reading there if nothing is. */
    Found insertAt(Reading reading, long measuredAt, Statements statements) throws SQLException;

    /** Nothing that is remembered of the tables holds any more. */
    void forget();

    /** What was found at a moment. */
    enum Found {
        NOTHING,
        THE_SAME,
        ANOTHER
    }

    /** The rows of a database that speaks this. */
    static ReadingRows of(Dialect dialect, Sources sources) {
        return switch (dialect) {
            case SQLITE -> new ShapedRows(sources);
            case POSTGRES -> new JsonbRows(sources);
        };
    }
}

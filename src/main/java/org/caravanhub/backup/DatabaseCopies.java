package org.caravanhub.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

/** The databases, as far as backups need them. Only they may open the files of one that is in use. */
public interface DatabaseCopies {
    /** {@code sqlite} or {@code postgresql}. */
    String kind();

    /** The name that the copy of the database has. */
    String fileName();

    /**
     * Refuses a folder in which no database is, before anything is written there.
     *
     * @throws IOException saying where there is none
     */
    default void requireThere() throws IOException {}

    /**
     * Writes copies of the database and of what waits beside it, each as it is at one moment, while they are in use.
     *
     * @param folder an empty one
     * @throws IOException if one cannot be written, or is not as it should be
     */
    Facts copyTo(Path folder) throws IOException;

    /**
     * Opens the copies in a folder and reads them through.
     *
     * @throws IOException saying what is wrong with them
     */
    Facts check(Path folder) throws IOException;

    /** How many rows each table has now; none if there is no database yet. */
    SortedMap<String, Long> rowsNow() throws IOException;

    /**
     * Puts copies that were checked in the place of what is there; nobody may be at work there. Again after a power cut it goes on where it
     * was: what is not in the folder any more is in its place.
     */
    void replace(Path folder) throws IOException;

    /** The newest schema that this program can use. */
    int newestSchema();

    /**
     * What the copy of the database has.
     *
     * @param schema the number of its newest migration
     * @param rows by table
     */
    record Facts(int schema, SortedMap<String, Long> rows) {}
}

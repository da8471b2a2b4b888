package org.caravanhub.transfer;

import java.io.Closeable;
import java.io.IOException;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;

/** Readings one after the other, out of a file or a database. Of one thread. */
public interface Readings extends Closeable {
    /**
     * The next reading, or null at the end. What is wrong is told to the {@link Mistakes} it was opened with, and left out.
     *
     * @throws IOException if the disk or the connection fails
     */
    @Nullable
    Reading next() throws IOException;

    /** How much was taken until now, in the unit of {@link #size}. */
    long position();

    /** How much there is in all: bytes of a file, rows of a database; 0 if nobody knows. */
    long size();
}

package org.caravanhub.api;

import org.caravanhub.reading.Reading;

/** How readings are written one after the other, without end. */
interface ReadingForm {
    String contentType();

    /** The ending of a file of it, without the dot. */
    String ending();

    /** What comes first; may be empty. */
    String head();

    /** Adds the line or lines of a reading, each with its line end. */
    void append(Reading reading, StringBuilder text);
}

package org.caravanhub.reading;

import java.time.Instant;

/** What the hub could understand of a message; whose it is is known. */
public sealed interface Understood extends Outcome permits Reading, Event, Status, Configuration {
    /** Whose it is. */
    Source source();

    /** What it says, in JSON: the metrics of a reading, otherwise what the device wrote. Not a copy, do not change it. */
    byte[] json();

    /** When it came, by the hub's clock. */
    Instant receivedAt();
}

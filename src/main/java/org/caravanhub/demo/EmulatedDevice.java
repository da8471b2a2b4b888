package org.caravanhub.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a device says, as plain data: no clock, no network. Used by one thread. */
interface EmulatedDevice {
    /** Its id. */
    String id();

    /** How long it waits between two moments of speaking. */
    Duration period();

    /** The payloads it publishes at this moment; none while it is silent. */
    List<String> speak(Instant now);
}

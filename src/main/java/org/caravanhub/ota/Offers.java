package org.caravanhub.ota;

import java.time.Instant;
import java.util.Optional;

/** Which device may have which release, and what becomes of it. Asks the database: not for an event loop. Safe for use by many threads. */
public interface Offers {
    /** What a device is answered that asks now; an offer is noted. */
    Decision decide(Inquiry inquiry);

    /** The release that a device should run, were it to ask now; nothing is noted. */
    Optional<Release> meantFor(String device);

    /** A device, or somebody for it, tells how its update goes. */
    void report(UpdateReport report);

    /** A device was seen to run this version: it asked, or its status says so. */
    void seen(String device, String version, Instant at);
}

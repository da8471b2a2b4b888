package org.caravanhub.ota;

import java.time.Instant;
import java.util.Optional;
import org.caravanhub.device.Presence;

/**
 * What is known of a device without asking how its update goes.
 *
 * @param presence whether it is there
 * @param version what it told last that it runs; empty if it never told one
 * @param toldAt when it told that
 * @param heardAt when anything was heard of it last
 * @param restarts how often it started again since it runs the new version, as far as its statuses and events tell; while it installs, whether
 */
record Evidence(Presence presence, String version, Optional<Instant> toldAt, Optional<Instant> heardAt, int restarts) {

    /** Nothing was ever heard of it. */
    static final Evidence NONE = new Evidence(Presence.NEW, "", Optional.empty(), Optional.empty(), 0);

    /** Whether its time runs now: it is there, and could do something. */
    boolean isAwake() {
        return presence == Presence.ONLINE;
    }
}

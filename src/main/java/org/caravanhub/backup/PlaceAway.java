package org.caravanhub.backup;

import java.io.IOException;

/** The second place is not there: a stick that is not plugged in, a machine that is out of reach. It waits, and nothing is broken. */
public final class PlaceAway extends IOException {
    /** @param message what is away, and what brings it back */
    public PlaceAway(String message) {
        super(message);
    }
}

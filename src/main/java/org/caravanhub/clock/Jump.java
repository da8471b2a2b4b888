package org.caravanhub.clock;

import java.time.Instant;
import java.util.List;

/**
 * The machine's clock was set while the hub ran.
 *
 * @param before what it showed
 * @param after what it shows
 * @param wrong when it was wrong, if it is believed again: what was received then can be put right; otherwise empty
 */
public record Jump(Instant before, Instant after, List<Wrong> wrong) {
    /** Whether the clock was wrong before, and is believed now. */
    public boolean isCorrection() {
        return !wrong.isEmpty();
    }
}

package org.caravanhub.clock;

import java.time.Instant;

/**
 * The machine's clock was set while the hub ran.
 *
 * @param byMs how far, in milliseconds; negative if it was set back
 * @param before what it showed
 * @param after what it shows
 * @param isCorrection whether it was known to be wrong before, and is believed now: what was received meanwhile can be put right
 */
public record Jump(long byMs, Instant before, Instant after, boolean isCorrection) {}

package org.caravanhub.live;

import java.time.Instant;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.When;

/** Which readings are too doubtful for an alert, and when they were measured as far as anybody knows. */
public final class Doubt {
    private Doubt() {}

    /**
     * Whether nothing should be done because of it: the device's clock is wrong, or a value cannot be. A device that seems to be ahead
     * while the hub's own clock is not believed is not to blame, and one that is late may still be the newest that is known.
     */
    public static boolean isTooGreat(Reading reading) {
        boolean isAhead = reading.has(Flag.FUTURE) && !reading.has(Flag.HUB_CLOCK_UNSURE);
        return isAhead || reading.has(Flag.CLOCK_UNSURE) || reading.has(Flag.OUT_OF_RANGE);
    }

    /** Whether it can be put in order with others by its time. */
    public static boolean hasOrder(Reading reading) {
        return !reading.has(Flag.HUB_CLOCK_UNSURE) && !reading.has(Flag.CLOCK_UNSURE) && !reading.has(Flag.FUTURE);
    }

    static Instant timeOf(Reading reading) {
        return new When(reading.measuredAt(), reading.receivedAt(), reading.flags()).believedAt();
    }
}

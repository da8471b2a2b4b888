package org.caravanhub.ecoflow;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** At most one line a minute, however much there is to say. Of one thread. */
final class RareLines {
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier nanos;
    private boolean hasSaid;
    private long lastNanos;
    private int unsaid;

    RareLines(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** Says it, or counts that it was not said. */
    void say(String line) {
        long now = nanos.getAsLong();
        if (hasSaid && now - lastNanos < MINUTE_NANOS) {
            unsaid++;
            return;
        }
        log.info("{}{}", line, unsaid == 0 ? "" : " unsaid=" + unsaid);
        hasSaid = true;
        lastNanos = now;
        unsaid = 0;
    }
}

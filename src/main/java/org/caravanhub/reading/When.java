package org.caravanhub.reading;

import java.time.Instant;

/**
 * When something was said.
 *
 * @param saidAt by the device's clock; the time of receipt if it sent none (then {@link Flag#NO_DEVICE_TIME} is set)
 * @param receivedAt by the hub's clock
 * @param flags bits of {@link Flag}: what is doubtful about the time
 */
public record When(Instant saidAt, Instant receivedAt, int flags) {

    /** The device's time if it can be believed, else the time of receipt: what is put in order by it is not upset by a wrong clock. */
    public Instant believedAt() {
        return (flags & (Flag.FUTURE.bit() | Flag.CLOCK_UNSURE.bit())) == 0 ? saidAt : receivedAt;
    }
}

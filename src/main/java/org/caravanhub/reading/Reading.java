package org.caravanhub.reading;

import java.time.Instant;

/**
 * What a device measured at one moment.
 *
 * @param source whose it is
 * @param measuredAt by the device's clock; the time of receipt if it sent none (then {@link Flag#NO_DEVICE_TIME} is set)
 * @param receivedAt by the hub's clock
 * @param metrics the values by name, units in the names
 * @param flags bits of {@link Flag}: what is doubtful about it; doubtful readings are kept
 */
public record Reading(Source source, Instant measuredAt, Instant receivedAt, Metrics metrics, int flags)
        implements Understood {

    @Override
    public byte[] json() {
        return metrics.json();
    }

    /** The same, doubtful in this way too. */
    Reading with(Flag flag) {
        return new Reading(source, measuredAt, receivedAt, metrics, flags | flag.bit());
    }

    /** The same, doubtful in these ways too. */
    public Reading with(int moreFlags) {
        return new Reading(source, measuredAt, receivedAt, metrics, flags | moreFlags);
    }

    /** Whether it is doubtful in this way. */
    public boolean has(Flag flag) {
        return (flags & flag.bit()) != 0;
    }
}

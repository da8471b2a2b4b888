package org.caravanhub.reading;

/**
 * One topic and whose readings come on it. Most messages on a topic name the same location and address as the one before, so the
 * last source is kept and given out again. Safe for several threads.
 */
final class Voice {
    private volatile Source source;
    private long lastWithoutTime = Long.MIN_VALUE;

    Voice(Source source) {
        this.source = source;
    }

    /** The source of the message before; of the first one, what its topic alone tells. */
    Source source() {
        return source;
    }

    /** The source with what the payload tells. The texts are compared first: most often nothing is made. */
    Source source(String device, String location, String mac) {
        Source last = source;
        if (last.device().equals(device)
                && last.location().equals(location)
                && last.mac().equals(mac)) {
            return last;
        }
        source = new Source(device, last.family(), last.site(), last.system(), last.sensor(), location, mac);
        return source;
    }

    /**
     * The time of measuring for a reading without one: its time of receipt, later by some milliseconds if another one got that
     * already. Messages that waited in the broker arrive together, and none of them may pass for a repeat of another.
     */
    synchronized long withoutTime(long receivedMillis) {
        boolean isTaken = receivedMillis <= lastWithoutTime && lastWithoutTime - receivedMillis < 60_000;
        lastWithoutTime = isTaken ? lastWithoutTime + 1 : receivedMillis;
        return lastWithoutTime;
    }
}

package org.caravanhub.transfer;

/** What the times in a file of line protocol count. */
public enum InfluxPrecision {
    NS(1_000_000, 1),
    US(1_000, 1),
    MS(1, 1),
    S(1, 1_000);

    private final long perMilli;
    private final long millis;

    InfluxPrecision(long perMilli, long millis) {
        this.perMilli = perMilli;
        this.millis = millis;
    }

    /** In milliseconds since 1970; what is finer is cut off. */
    long toMillis(long time) {
        return Math.multiplyExact(Math.floorDiv(time, perMilli), millis);
    }
}

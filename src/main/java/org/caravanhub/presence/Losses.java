package org.caravanhub.presence;

/** How often a device was lost within the last hour, counted in ten minutes: sixteen bytes. */
final class Losses {
    private static final int PARTS = 6;
    private static final int PART_MS = 600_000;
    private static final int BITS = 10;
    private static final int MOST = (1 << BITS) - 1;

    private Losses() {}

    /** The packed counts a while later: what is older than an hour is gone. */
    static long at(long counts, int countedPart, int nowPart) {
        int gone = nowPart - countedPart;
        long all = (1L << (PARTS * BITS)) - 1;
        return gone <= 0 ? counts : gone >= PARTS ? 0 : (counts << (gone * BITS)) & all;
    }

    /** With one more in the newest part. */
    static long oneMore(long counts) {
        return (counts & MOST) == MOST ? counts : counts + 1;
    }

    /** All of them. */
    static int sum(long counts) {
        int sum = 0;
        for (int i = 0; i < PARTS; i++) {
            sum += (int) (counts >>> (i * BITS)) & MOST;
        }
        return sum;
    }

    /** The number of the ten minutes that this moment is in. */
    static int part(long monotonicMs) {
        return (int) (monotonicMs / PART_MS);
    }
}

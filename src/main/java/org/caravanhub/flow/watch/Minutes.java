package org.caravanhub.flow.watch;

/** What a counter showed at each of the last 300 seconds, to tell how much it grew lately. Used by one thread at a time. */
final class Minutes {
    private static final int SECONDS = 300;

    private final long[] at = new long[SECONDS];
    private int noted;

    /** Notes what it shows now; once a second. */
    void note(long value) {
        at[noted % SECONDS] = value;
        noted++;
    }

    /** By how much it has grown in the last so many seconds; at most 300. */
    long grownIn(int seconds, long now) {
        int back = Math.min(seconds, SECONDS);
        // Nothing was there before it was first looked at.
        return noted < back ? now : now - at[(noted - back) % SECONDS];
    }
}

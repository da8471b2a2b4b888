package org.caravanhub.store;

/**
 * How much to take up in one commit, so that nobody who waits for an acknowledgement notices: half as much after a commit that
 * took long, twice as much after a short one. Used by one run of a flow.
 */
public final class Pace {
    /** The header that a flow carries it in. */
    public static final String HEADER = "pace";

    private static final long LONG_NANOS = 60_000_000;
    private static final long SHORT_NANOS = 20_000_000;
    private static final int MOST = 1024;
    private static final int MOST_COMMITS = 500;

    private int limit;
    private int commits;

    /** Begins with so much. */
    public Pace(int first) {
        this.limit = first;
    }

    /** How much to take up next. */
    public int limit() {
        return limit;
    }

    /** Whether a run that deletes may go on: what is left waits for the next one. */
    public boolean mayGoOn() {
        return commits < MOST_COMMITS;
    }

    /** Learns how long the last commit took. */
    public void took(long nanos) {
        commits++;
        if (nanos > LONG_NANOS) {
            limit = Math.max(1, limit / 2);
        } else if (nanos < SHORT_NANOS) {
            limit = Math.min(MOST, limit * 2);
        }
    }
}

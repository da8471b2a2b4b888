package org.caravanhub.store;

/**
 * What became of what was given to the store, told after the commit. Always {@code received = stored + duplicate + quarantined};
 * what is kept and not decided yet, because the database is elsewhere and away, is beside it.
 *
 * @param received outcomes given that were decided
 * @param stored new rows
 * @param duplicate readings that were there already
 * @param quarantined kept with a reason instead
 * @param waiting kept in the spool, to be decided later
 */
public record Receipt(long received, long stored, long duplicate, long quarantined, long waiting) {
    /** Nothing yet. */
    public static final Receipt EMPTY = new Receipt(0, 0, 0, 0, 0);

    /** All of it decided. */
    public Receipt(long received, long stored, long duplicate, long quarantined) {
        this(received, stored, duplicate, quarantined, 0);
    }

    /** Both together. */
    public Receipt plus(Receipt other) {
        return new Receipt(
                received + other.received,
                stored + other.stored,
                duplicate + other.duplicate,
                quarantined + other.quarantined,
                waiting + other.waiting);
    }
}

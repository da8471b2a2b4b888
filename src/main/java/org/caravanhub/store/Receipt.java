package org.caravanhub.store;

/**
 * What became of what was given to the store, told after the commit. Always {@code received = stored + duplicate + quarantined}.
 *
 * @param received outcomes given
 * @param stored new rows
 * @param duplicate readings that were there already
 * @param quarantined kept with a reason instead
 */
public record Receipt(long received, long stored, long duplicate, long quarantined) {
    /** Nothing yet. */
    public static final Receipt EMPTY = new Receipt(0, 0, 0, 0);

    /** Both together. */
    public Receipt plus(Receipt other) {
        return new Receipt(
                received + other.received,
                stored + other.stored,
                duplicate + other.duplicate,
                quarantined + other.quarantined);
    }
}

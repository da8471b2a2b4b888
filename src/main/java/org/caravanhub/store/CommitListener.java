package org.caravanhub.store;

import java.util.List;
import org.caravanhub.reading.Outcome;
import org.caravanhub.reading.Reading;

/** Is told what was committed: for the live stream and the pages. */
@FunctionalInterface
public interface CommitListener {
    /**
     * Called on the writer thread after each commit, so it must be quick and must not throw.
     *
     * @param stored the new readings, in order of arrival; duplicates are not among them
     * @param receipt the counts of the whole commit
     */
    void committed(List<Reading> stored, Receipt receipt);

    /**
     * Called before that for each delivery of the commit: all that was in it, readings, statuses, events and what was set aside, new or
     * not. Not called for what was kept before, elsewhere, nor for what is replayed. On the writer thread, so it must be quick, must not
     * throw, and must not keep the list.
     *
     * @param said in order of arrival
     */
    default void heard(List<? extends Outcome> said) {}
}

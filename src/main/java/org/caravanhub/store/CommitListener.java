package org.caravanhub.store;

import java.util.List;
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
}

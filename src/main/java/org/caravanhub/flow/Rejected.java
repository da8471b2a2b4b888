package org.caravanhub.flow;

import java.util.List;

/** A flow file that was not taken, because it has mistakes; what ran before runs on. */
public final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;

    /** @param mistakes at least one */
    public Rejected(List<Mistake> mistakes) {
        super(mistakes.isEmpty() ? "" : mistakes.get(0).text(), null, false, false);
        this.mistakes = List.copyOf(mistakes);
    }

    /** What is wrong, at least one. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}

package org.caravanhub.flow;

/** A flow file that cannot even be read as YAML. */
public final class NotReadable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Mistake mistake;

    NotReadable(Mistake mistake) {
        super(mistake.text(), null, false, false);
        this.mistake = mistake;
    }

    /** What is wrong, and where. */
    public Mistake mistake() {
        return mistake;
    }
}

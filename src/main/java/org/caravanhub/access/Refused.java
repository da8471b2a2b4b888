package org.caravanhub.access;

/** Something about access that cannot be done, and what to do instead. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Why why;
    private final String member;

    /** Which way it cannot be done. */
    public enum Why {
        /** What was asked makes no sense. */
        WRONG,
        /** There is no such device, or no such claim code. */
        UNKNOWN,
        /** Something else is there already. */
        IN_THE_WAY,
        /** This claim code is worth nothing. */
        NO_CLAIM
    }

    Refused(Why why, String member, String message) {
        super(message, null, false, false);
        this.why = why;
        this.member = member;
    }

    /** Which way it cannot be done. */
    public Why why() {
        return why;
    }

    /** The member of the body that is wrong; empty if none is. */
    public String member() {
        return member;
    }
}

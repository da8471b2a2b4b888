package org.caravanhub.exchange;

/** Something thrown by a step that has done its work: who asked, asked for what cannot be had. */
public interface Refusal {
    /** Whether only who asked has to act on it; otherwise the flow has failed, as with anything else that is thrown. */
    boolean isForWhoAsked();
}

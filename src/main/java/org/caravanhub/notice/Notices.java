package org.caravanhub.notice;

/** Where notices go. Safe for use by many threads. */
@FunctionalInterface
public interface Notices {
    /** Takes a notice; returns at once, never waits and never throws. */
    void tell(Notice notice);

    /** The same, and says how it is told again and how it ends. */
    default void tell(Notice notice, Manner manner) {
        tell(notice);
    }

    /** What the notice of this name and device was about is over; nothing happens if nothing was. */
    default void over(Notice end) {}
}

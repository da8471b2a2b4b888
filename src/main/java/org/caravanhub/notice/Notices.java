package org.caravanhub.notice;

/** Where notices go. */
@FunctionalInterface
public interface Notices {
    /** Takes a notice; returns at once, never waits and never throws. May be called by any thread. */
    void tell(Notice notice);
}

package org.caravanhub.notice;

/** A way by which dispatches leave at once: the log, the pages, the broker, or what passes them on later. */
@FunctionalInterface
public interface Outlet {
    /** Takes a dispatch; returns at once and never waits. May be called by any thread. */
    void tell(Dispatch dispatch);
}

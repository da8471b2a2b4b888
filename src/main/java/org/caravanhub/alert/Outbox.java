package org.caravanhub.alert;

import java.util.List;
import org.caravanhub.notice.Dispatch;
import org.caravanhub.notice.Outlet;

/** What is on its way to the owner, and not there yet. Safe for use by many threads. */
public interface Outbox extends Outlet, AutoCloseable {
    /** Nobody outside of the hub is told. */
    Outbox NONE = dispatch -> {};

    /**
     * What is to be kept, or not any more.
     *
     * @param added what waits and is not kept yet
     * @param gone what was kept and waits no more
     */
    record Change(List<Pending> added, List<Pending> gone) {}

    @Override
    void tell(Dispatch dispatch);

    /** Does this whenever there is something to be kept. */
    default void whenChanged(Runnable keep) {}

    /** What was kept by the hub that ran before; told once. */
    default void known(List<Pending> kept) {}

    /** What is to be kept at this moment. */
    default Change change() {
        return new Change(List.of(), List.of());
    }

    /** It was. */
    default void kept(Change change) {}

    @Override
    default void close() {}
}

package org.caravanhub.alert;

import java.util.List;
import org.caravanhub.notice.Notice;

/** Where what is wrong is told, and when it is over. Safe for use by many threads; returns at once. */
public interface Alerts {
    /**
     * Something is wrong. The first time it is opened and told; while it is open, again is only counted.
     *
     * @param notice what; its name and device together say which alert it is
     */
    void raise(Notice notice);

    /** The devices of the alerts of this name that are not over, as far as that is known. */
    default List<String> devices(String name) {
        return List.of();
    }

    /** It is over; nothing happens if it was not open. */
    void resolve(String name, String device, String why);
}

package org.caravanhub.presence;

import java.util.List;

/**
 * A device became present in another way, and this is the time to tell it.
 *
 * @param now how it is now
 * @param isNews whether that was not told yet; otherwise only the alarm is
 * @param isAlone whether it is about this device alone; false if it shares the fate of its gateway, which is told of itself
 * @param alarm whether the owner should look
 * @param behind the devices that are heard only through this one
 */
record Change(Standing now, boolean isNews, boolean isAlone, Alarm alarm, List<String> behind) {
    /** What is to be done with the alert about a device that is gone. */
    enum Alarm {
        NONE,
        RAISE,
        RESOLVE
    }
}

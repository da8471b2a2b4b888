package org.caravanhub.transfer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Notices that the lines of one reading do not stand together, as after sorting a table by another column: half a reading would become
 * a reading of its own. The readings of a device have to go in one direction of time, and each may begin once.
 */
final class Together {
    private final Map<String, Last> devices = new HashMap<>();
    private int direction;

    private static final class Last {
        private String measuredAt = "";
        private final Set<String> sources = new HashSet<>();
    }

    /**
     * Whether a reading may begin here.
     *
     * @param measuredAt as text that sorts as the times do
     * @param source whose it is, all of it
     */
    boolean begins(String device, String measuredAt, String source) {
        Last last = devices.computeIfAbsent(device, id -> new Last());
        if (last.measuredAt.equals(measuredAt)) {
            return last.sources.add(source);
        }
        int step = last.measuredAt.isEmpty() ? 0 : Integer.signum(measuredAt.compareTo(last.measuredAt));
        last.measuredAt = measuredAt;
        last.sources.clear();
        last.sources.add(source);
        if (step == 0 || step == direction) {
            return true;
        }
        boolean isFirst = direction == 0;
        direction = step;
        return isFirst;
    }
}

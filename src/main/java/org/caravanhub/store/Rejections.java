package org.caravanhub.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.caravanhub.reading.Malformed;

/**
 * How many refused messages of each device are shown: a device that is refused once a second must not push out of quarantine what can be mended,
 * nor wear out the disk. The others are counted only. Belongs to the writer thread.
 */
final class Rejections {
    private static final int A_DAY = 10;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MOST_DEVICES = 10_000;

    private final Map<String, Day> devices = new HashMap<>();

    private record Day(long number, int count) {}

    /** Whether it is one of the first ten of its device on that day. */
    boolean hasRoomFor(Malformed refused) {
        long today = Math.floorDiv(refused.message().receivedAt().toEpochMilli(), DAY_MILLIS);
        Day day = devices.get(refused.device());
        int count = day == null || day.number() != today ? 0 : day.count();
        if (devices.size() >= MOST_DEVICES) {
            devices.clear();
        }
        devices.put(refused.device(), new Day(today, count + 1));
        return count < A_DAY;
    }
}

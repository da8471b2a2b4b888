package org.caravanhub.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Moments by the hub's clock, of those by the monotonic one. Reckoned back from now each time: so all of them are right as soon as a clock
 * that began in 1970 is set.
 *
 * @param wall the hub's clock
 * @param nowMs the monotonic clock, now
 */
record Moments(Clock wall, long nowMs) {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter EARLIER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    long wallNow() {
        return wall.millis();
    }

    /** This monotonic moment, in milliseconds since 1970. */
    long wall(long monotonicMs) {
        return wall.millis() - (nowMs - monotonicMs);
    }

    /** {@code 14:02}, with the date if that is a day ago or more; by the clock on the hub's wall. */
    String clockTime(long monotonicMs) {
        boolean isToday = nowMs - monotonicMs < Duration.ofDays(1).toMillis();
        return (isToday ? TODAY : EARLIER)
                .withZone(ZoneId.systemDefault())
                .format(Instant.ofEpochMilli(wall(monotonicMs)));
    }
}

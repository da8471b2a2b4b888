package org.caravanhub.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a device is there, judged by when it was last heard. The words are the same in pages, command line and API. */
public enum Presence {
    /** Known, but never heard. */
    NEW,
    /** Heard within three of its usual intervals. */
    ONLINE,
    /** Missed three. */
    STALE,
    /** Missed ten. */
    OFFLINE,
    /** Its credential was taken away. */
    DISABLED;

    /** Taken as usual for a device that was heard too seldom to have learned from. */
    public static final Duration UNLEARNED = Duration.ofMinutes(5);

    private static final int MISSED_IS_STALE = 3;
    private static final int MISSED_IS_OFFLINE = 10;

    /** The presence of a device last heard then, that speaks every {@code usual}. A last time in the future is now. */
    public static Presence of(Instant lastSeen, Optional<Duration> usual, Instant now) {
        Duration silence = Duration.between(lastSeen, now);
        Duration interval = usual.orElse(UNLEARNED);
        if (silence.compareTo(interval.multipliedBy(MISSED_IS_STALE)) <= 0) {
            return ONLINE;
        }
        return silence.compareTo(interval.multipliedBy(MISSED_IS_OFFLINE)) <= 0 ? STALE : OFFLINE;
    }

    /** The word that API and pages use: {@code online}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

package org.caravanhub.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a device is there. The words are the same in pages, command line and API; why it is so: {@code docs/explanation/presence.md}. */
public enum Presence {
    /** Known, but never heard. */
    NEW,
    /** Heard within three of its usual intervals. */
    ONLINE,
    /** Missed three. */
    STALE,
    /** Missed ten; or its last will, or that of its gateway, was published. */
    OFFLINE,
    /** Its owner wants nothing of it. */
    DISABLED;

    private static final int MISSED_IS_STALE = 3;
    private static final int MISSED_IS_OFFLINE = 10;

    /** The presence of a device that was silent for so long and usually speaks that often; both in the same unit. */
    public static Presence after(long silence, long usual) {
        if (silence <= MISSED_IS_STALE * usual) {
            return ONLINE;
        }
        return silence <= MISSED_IS_OFFLINE * usual ? STALE : OFFLINE;
    }

    /** The presence with this word; empty if there is none. */
    public static Optional<Presence> ofWord(String word) {
        return Arrays.stream(values())
                .filter(presence -> presence.word().equals(word))
                .findFirst();
    }

    /** The word that API and pages use: {@code online}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

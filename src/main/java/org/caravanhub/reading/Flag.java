package org.caravanhub.reading;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What can be doubtful about a reading that is kept all the same. Stored as bits; the order of the constants is never changed. */
public enum Flag {
    /** The device sent no time that can be read; {@code measuredAt} is the time of receipt. */
    NO_DEVICE_TIME,
    /** Measured more than five minutes after it was received: the device's clock is ahead. */
    FUTURE,
    /** Measured more than an hour before it was received: buffered, or the device's clock is behind. */
    LATE,
    /** Measured before 2020: the device had no clock yet. */
    CLOCK_UNSURE,
    /** At least one value is outside the range that its family declares. */
    OUT_OF_RANGE,
    /** Received while the hub's own clock was not believed. Taken away when the reading is put right; stays if that cannot be done. */
    HUB_CLOCK_UNSURE,
    /** The broker had kept it from earlier (MQTT's retain): it says what was, and nothing of now. */
    RETAINED;

    /** This flag's place in a reading's {@code flags}. */
    public int bit() {
        return 1 << ordinal();
    }

    /** The flags that are set in these bits. */
    public static Set<Flag> of(int bits) {
        EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
        for (Flag flag : values()) {
            if ((bits & flag.bit()) != 0) {
                set.add(flag);
            }
        }
        return set;
    }

    /** The flag that API and pages call so; empty if there is none. */
    public static Optional<Flag> ofWord(String word) {
        return Arrays.stream(values()).filter(flag -> flag.word().equals(word)).findFirst();
    }

    /** The name that API and pages use: {@code clock_unsure}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

package org.caravanhub.notice;

import java.util.Arrays;
import java.util.Locale;

/** How soon somebody should look. */
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    URGENT;

    /** The word that flows, API and pages use: {@code urgent}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The priority of this word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Priority of(String word) {
        return Arrays.stream(values())
                .filter(priority -> priority.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "priority is \"" + word + "\"; it must be low, normal, high or urgent"));
    }
}

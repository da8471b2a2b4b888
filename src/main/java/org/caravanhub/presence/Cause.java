package org.caravanhub.presence;

import java.util.Arrays;
import java.util.Locale;

/** Why a device is judged as it is. The words are kept in the table {@code presence}. */
enum Cause {
    /** Never heard. */
    NEVER,
    /** It spoke. */
    HEARD,
    /** It did not speak when it should have. */
    MISSED,
    /** It said goodbye, or the broker said it in its place. */
    WILL,
    /** All that could hear it are gone. */
    GATEWAY,
    /** Its owner wants nothing of it. */
    DISABLED;

    static Cause ofWord(String word) {
        return Arrays.stream(values())
                .filter(cause -> cause.word().equals(word))
                .findFirst()
                .orElse(NEVER);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

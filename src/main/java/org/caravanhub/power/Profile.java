package org.caravanhub.power;

import java.util.Locale;

/** How much the hub and its devices do, by the power that is left. */
public enum Profile {
    /** All. */
    NORMAL,
    /** Nothing that can wait. */
    SAVING,
    /** As good as empty: what is at hand is brought to safety. */
    FLOOR;

    /** As it is written on topics and in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

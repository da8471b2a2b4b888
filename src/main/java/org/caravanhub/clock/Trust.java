package org.caravanhub.clock;

/** How much the machine's clock is believed. */
public enum Trust {
    /** It follows a better one, or its owner says that it is right. */
    TRUSTED,
    /** Nothing speaks against it. */
    PLAUSIBLE,
    /** It shows what cannot be, or was set and nobody knows by whom. */
    UNSURE
}

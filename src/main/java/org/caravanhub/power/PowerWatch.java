package org.caravanhub.power;

/** Knows how much may be done. Safe for use by many threads; answers at once. */
public interface PowerWatch {
    /** One that goes by no charge. */
    PowerWatch NONE = () -> PowerState.UNWATCHED;

    /** How it is now. */
    PowerState now();

    /** Whether what can wait has to. */
    default boolean isSaving() {
        return now().profile() != Profile.NORMAL;
    }
}

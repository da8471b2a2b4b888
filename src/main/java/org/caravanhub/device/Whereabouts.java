package org.caravanhub.device;

import java.util.function.Consumer;

/** Which devices are there. Safe for use by many threads. */
public interface Whereabouts {
    /** How it is now; {@link Presence#NEW} if it was never heard. */
    Presence of(String device);

    /**
     * Tells from now on of each device that is heard: it is awake at this moment. Called often and on the thread that writes, so the
     * listener must be quick and must not throw.
     */
    void whenHeard(Consumer<String> listener);
}

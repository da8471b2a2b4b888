package org.caravanhub.device;

import java.util.Collection;

/** Is told what became of devices in the registry, after the commit; whoever keeps something of a device lets it go, or looks again. */
public interface RegistryListener {
    /** It was made, edited, disabled or enabled. */
    default void changed(String device) {}

    /** Many were, at once: by a file, or because they came back from a damaged database. */
    default void changed(Collection<String> devices) {
        devices.forEach(this::changed);
    }

    /** It is gone: its registration, its credentials, and the rows of it that no reading needs. */
    default void removed(String device) {}
}

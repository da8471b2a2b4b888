package org.caravanhub.device;

/** Is told what became of devices in the registry, after the commit; whoever keeps something of a device lets it go, or looks again. */
public interface RegistryListener {
    /** It was made, edited, disabled or enabled. */
    default void changed(String device) {}

    /** It is gone: its registration, its credentials, and the rows of it that no reading needs. */
    default void removed(String device) {}
}

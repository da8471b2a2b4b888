package org.caravanhub.presence;

/** Is told when a device became present in another way; on a thread of its own, at most once in two minutes for a device. */
@FunctionalInterface
public interface PresenceTeller {
    void changed(Standing now);
}

package org.caravanhub.command;

import java.util.List;
import java.util.Optional;

/** Where desired configurations are kept. Throws {@link RuntimeException} if the database does not answer. Safe for use by many threads. */
public interface ConfigurationBook {
    /** That of a device; also one that is to be taken from the broker. */
    Optional<DesiredConfiguration> desired(String device);

    /** Up to so many devices that have one, in order of id, from the one after this on. */
    List<String> after(String device, int limit);

    /** The broker has this version now; one that was to be taken from it is gone. */
    void published(DesiredConfiguration configuration);
}

package org.caravanhub.doctor;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/**
 * One thing that is looked at.
 *
 * @param name as of a check of the hub
 * @param look what was found; nothing if there is nothing to look at on this machine. May wait, and is cut off
 */
public record Look(String name, Callable<Optional<Health>> look) {
    /** One that the hub makes of itself, too. */
    public static Look of(HealthCheck check) {
        return new Look(check.name(), () -> Optional.of(check.check()));
    }
}

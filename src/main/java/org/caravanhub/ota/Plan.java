package org.caravanhub.ota;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a rollout goes.
 *
 * @param rings one after the other; never empty
 * @param atOnce how many devices may be updating at a time; empty for all
 * @param leastCharge percent of battery or power station below which a device waits
 * @param window the time of day, by the hub's clock, in which updates begin
 * @param healthyFor how long a device must be well with the new version before it is done
 * @param patience how long an update may take from its offer on, while the device is awake
 * @param stop when the rollout pauses by itself
 * @param returnsFailed whether devices of a failed rollout get the last good release back
 * @param allowsDowngrade whether an older version is meant
 */
public record Plan(
        List<Ring> rings,
        OptionalInt atOnce,
        OptionalDouble leastCharge,
        Optional<Window> window,
        Duration healthyFor,
        Duration patience,
        Stop stop,
        boolean returnsFailed,
        boolean allowsDowngrade) {

    /**
     * Devices that come before others.
     *
     * @param group those of the registry's group; empty for all of the audience
     * @param percent of them, by the canary order
     * @param success percent of this ring that must be done before the next begins
     * @param soak how long the ring is watched after that
     */
    public record Ring(String group, int percent, int success, Duration soak) {}

    /** From and until a time of day; over midnight if the end is before the begin. */
    public record Window(LocalTime from, LocalTime until) {}

    /**
     * What is too much.
     *
     * @param failures so many failed devices pause it; 0 for any number
     * @param percent so many percent of those that came to an end pause it, from the third on; 0 for any
     */
    public record Stop(int failures, int percent) {}
}

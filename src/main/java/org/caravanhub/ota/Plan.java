package org.caravanhub.ota;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
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
 * @param unknownChargeWaits whether a device waits, too, of whose charge nothing is known
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
        boolean unknownChargeWaits,
        Optional<Window> window,
        Duration healthyFor,
        Duration patience,
        Stop stop,
        boolean returnsFailed,
        boolean allowsDowngrade) {

    /** How long a device must be well, if nobody says otherwise. */
    public static final Duration HEALTHY_FOR = Duration.ofMinutes(10);

    /** How long an update may take, if nobody says otherwise. */
    public static final Duration PATIENCE = Duration.ofHours(1);

    /** The second failure, or every fifth device, if nobody says otherwise. */
    public static final Stop STOP = new Stop(2, 20);

    public Plan {
        rings = List.copyOf(rings);
    }

    /** For so many percent of the audience, all at once, with everything else as it is if nobody says otherwise. */
    public static Plan of(int percent) {
        return new Plan(
                List.of(new Ring("", percent, 100, Duration.ZERO)),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                true,
                Optional.empty(),
                HEALTHY_FOR,
                PATIENCE,
                STOP,
                false,
                false);
    }

    /** The same, but for the percentage of one ring. */
    Plan withPercent(int ring, int percent) {
        List<Ring> raised = new ArrayList<>(rings);
        Ring was = raised.get(ring);
        raised.set(ring, new Ring(was.group(), percent, was.success(), was.soak()));
        return new Plan(
                raised,
                atOnce,
                leastCharge,
                unknownChargeWaits,
                window,
                healthyFor,
                patience,
                stop,
                returnsFailed,
                allowsDowngrade);
    }

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
    public record Window(LocalTime from, LocalTime until) {
        /** Whether updates may begin at this time of day. */
        boolean isOpen(LocalTime at) {
            boolean isAfter = !at.isBefore(from);
            boolean isBefore = at.isBefore(until);
            return from.isBefore(until) ? isAfter && isBefore : isAfter || isBefore;
        }
    }

    /**
     * What is too much. Counted are the devices that came to an end since it was made, or resumed.
     *
     * @param failures so many failed devices pause it; 0 for any number
     * @param percent so many percent of those that came to an end pause it, from the fifth on; 0 for any
     */
    public record Stop(int failures, int percent) {}
}

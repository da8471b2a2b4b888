package org.caravanhub.power;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What flowed in a stretch of time, as far as it is known: nothing is added for the time in which nobody told.
 *
 * @param from its first moment
 * @param to the first moment after it
 * @param inWh into the station, in Wh; empty if that is not known at any moment
 * @param outWh out of it
 * @param solarWh into it from the sun
 * @param covered for how much of the stretch it is known
 */
public record Energy(
        Instant from,
        Instant to,
        OptionalDouble inWh,
        OptionalDouble outWh,
        OptionalDouble solarWh,
        Duration covered) {}

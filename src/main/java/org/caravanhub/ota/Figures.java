package org.caravanhub.ota;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a release does on the devices that got it, to hold it beside another one. What is not known is empty.
 *
 * @param version of the release
 * @param counts its devices by state, over all rollouts of it
 * @param failureRate which share of those that came to an end failed, 0 to 1; empty if none did
 * @param timeToDone half of those that are done took no longer, from the offer on
 * @param running how many devices tell that they run it
 * @param healthy which share of these is there now, 0 to 1
 * @param restarts how often a device that got it started again while it was watched, on average
 * @param rssiDbm the radio of those that run it, on average of their newest statuses
 * @param uptime how long those that run it have been up, on average of their newest statuses
 */
public record Figures(
        String version,
        Counts counts,
        OptionalDouble failureRate,
        Optional<Duration> timeToDone,
        int running,
        OptionalDouble healthy,
        OptionalDouble restarts,
        OptionalDouble rssiDbm,
        Optional<Duration> uptime) {}

package org.caravanhub.ecoflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the hub knows of the cloud at a moment.
 *
 * @param interval nothing is asked more often
 * @param pace how often it is asked while all is well
 * @param waits why nothing is asked at all; empty if it is
 * @param lastTry when it was asked last which stations there are
 * @param lastAnswer when it last said so
 * @param nextTry when it is asked next; empty if that is not known
 * @param isAsking whether that question is under way
 * @param trouble why the last question was of no use, if it was not
 * @param clockAhead by how much the hub's clock is ahead of the cloud's, less than nothing if it is behind
 * @param stations that it knows, by serial number
 */
public record CloudState(
        Duration interval,
        Duration pace,
        String waits,
        Optional<Instant> lastTry,
        Optional<Instant> lastAnswer,
        Optional<Instant> nextTry,
        boolean isAsking,
        Optional<Trouble> trouble,
        Optional<Duration> clockAhead,
        List<StationState> stations) {
    public CloudState {
        stations = List.copyOf(stations);
    }

    /** What the cloud says of a device, if it knows it. */
    public Optional<StationState> station(String device) {
        return stations.stream()
                .filter(station -> station.device().equals(device))
                .findFirst();
    }
}

package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.caravanhub.ecoflow.CloudState;
import org.caravanhub.ecoflow.EcoFlow;
import org.caravanhub.ecoflow.StationState;
import org.caravanhub.presence.PresenceWatch;
import org.caravanhub.presence.Standing;
import org.caravanhub.store.StationQueries;

/** All power stations: those that ever told anything, and those that the cloud knows. Asks the database: not for an event loop. */
final class PowerStations {
    private static final Duration LEAST_FRESH = Duration.ofMinutes(3);
    private static final Duration LONGEST_USUAL = Duration.ofMinutes(5);
    private static final int INTERVALS = 3;

    private final StationQueries queries;
    private final Optional<EcoFlow> ecoflow;
    private final PresenceWatch presence;
    private final Clock clock;

    /** @param ecoflow none if there are no keys */
    PowerStations(StationQueries queries, Optional<EcoFlow> ecoflow, PresenceWatch presence, Clock clock) {
        this.queries = queries;
        this.ecoflow = ecoflow;
        this.presence = presence;
        this.clock = clock;
    }

    Optional<CloudState> cloud() {
        return ecoflow.map(EcoFlow::state);
    }

    /** In order of id; a device of the family that has told no reading and is no station of the cloud's is none. */
    List<PowerStation> all() {
        return all(cloud());
    }

    List<PowerStation> all(Optional<CloudState> cloud) {
        Instant now = clock.instant();
        TreeSet<String> devices = new TreeSet<>(queries.devices());
        cloud.ifPresent(
                state -> state.stations().stream().map(StationState::device).forEach(devices::add));
        return devices.stream()
                .map(device -> of(device, cloud, now))
                .filter(station ->
                        station.newest().isPresent() || station.listed().isPresent())
                .toList();
    }

    private PowerStation of(String device, Optional<CloudState> cloud, Instant now) {
        Optional<PowerReading> newest = queries.newest(device).map(PowerReading::of);
        PowerStation station = new PowerStation(device, newest, cloud, LEAST_FRESH, now);
        return new PowerStation(device, newest, cloud, fresh(station), now);
    }

    /** Three times as long as it is silent as a rule. */
    private Duration fresh(PowerStation station) {
        Optional<Duration> pace = station.cloud().map(CloudState::pace);
        Duration usual = station.source().equals("cloud") && pace.isPresent()
                ? pace.get()
                : presence.standing(station.device())
                        .map(Standing::usual)
                        .filter(learned -> learned.compareTo(LONGEST_USUAL) < 0)
                        .orElse(LONGEST_USUAL);
        Duration fresh = usual.multipliedBy(INTERVALS);
        return fresh.compareTo(LEAST_FRESH) < 0 ? LEAST_FRESH : fresh;
    }
}

package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanhub.ecoflow.CloudState;
import org.caravanhub.ecoflow.StationState;
import org.caravanhub.ecoflow.Trouble;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;

/** Whether the cloud of power stations is of use, and what it told of each. */
public final class PowerHealth implements HealthCheck, MetricSource {
    private final Supplier<Optional<CloudState>> cloud;
    private final Clock clock;

    /** @param cloud empty until the hub has started */
    public PowerHealth(Supplier<Optional<CloudState>> cloud, Clock clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ecoflow";
    }

    @Override
    public Health check() {
        Optional<CloudState> now = cloud.get();
        Optional<Trouble> lasting = now.flatMap(CloudState::trouble).filter(Trouble::lasts);
        if (lasting.isPresent()) {
            Trouble trouble = lasting.get();
            return Health.warning(
                    trouble.what() + (trouble.code().isEmpty() ? "." : " (" + trouble.code() + ")."),
                    "Power stations that only the cloud tells of have no readings.",
                    trouble.fix() + " If it was put right elsewhere: caravan power poll");
        }
        if (now.isEmpty() || now.get().lastAnswer().isEmpty()) {
            return Health.ok("EcoFlow has not answered yet.");
        }
        CloudState state = now.get();
        return Health.ok("EcoFlow lists "
                + state.stations().stream().filter(StationState::isListed).count() + " power stations, and reaches "
                + state.stations().stream().filter(StationState::isThere).count() + ".");
    }

    /** What is old is not shown as now: a charge has an age beside it, and none is told of a station that is not reached. */
    @Override
    public void expose(Exposition exposition) {
        for (StationState station : cloud.get().map(CloudState::stations).orElse(java.util.List.of())) {
            exposition.gauge(
                    "caravan_station_trouble",
                    "Whether the last question for a power station was of no use.",
                    station.trouble().isPresent() ? 1 : 0,
                    "device",
                    station.device());
            station.lastReading()
                    .ifPresent(at -> exposition.gauge(
                            "caravan_station_reading_age_seconds",
                            "Time since EcoFlow's cloud told of a power station.",
                            Math.max(0, Duration.between(at, clock.instant()).toSeconds()),
                            "device",
                            station.device()));
            if (station.isThere()
                    && station.trouble().isEmpty()
                    && station.charge().isPresent()) {
                exposition.gauge(
                        "caravan_station_charge_percent",
                        "Charge of a power station that is reached.",
                        station.charge().getAsDouble(),
                        "device",
                        station.device());
            }
        }
    }
}

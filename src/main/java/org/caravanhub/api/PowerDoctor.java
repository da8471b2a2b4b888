package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravanhub.clock.HubClock;
import org.caravanhub.clock.Trust;
import org.caravanhub.ecoflow.CloudState;
import org.caravanhub.ecoflow.StationState;
import org.caravanhub.ecoflow.Trouble;
import org.caravanhub.health.Health;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.QueriesBusy;

/** Looks at everything that must be right before a station is known, in the order in which one needs the other. */
final class PowerDoctor {
    /** The cloud refuses signatures that are further off; by how much exactly nobody has said. */
    private static final Duration MOST_OFF = Duration.ofSeconds(60);

    private static final String SET_CLOCK = "Set it: timedatectl set-ntp true, or date -s; docs/how-to/ecoflow.md.";

    private final PowerSetup setup;
    private final PowerReach reach;
    private final PowerStations stations;
    private final HubClock hubClock;
    private final Clock clock;

    /**
     * What was found.
     *
     * @param check what was looked at: {@code keys}, {@code host}, {@code clock}, {@code account}, {@code station}, {@code bridge}
     * @param device which station; empty if it is about none
     */
    record Finding(String check, String device, Health health) {}

    PowerDoctor(PowerSetup setup, PowerReach reach, PowerStations stations, HubClock hubClock, Clock clock) {
        this.setup = setup;
        this.reach = reach;
        this.stations = stations;
        this.hubClock = hubClock;
        this.clock = clock;
    }

    /** @param isOffline whether the host is left alone */
    List<Finding> look(boolean isOffline) throws InterruptedException {
        Optional<CloudState> cloud = stations.cloud();
        List<Finding> found = new ArrayList<>();
        found.add(new Finding("keys", "", setup.keys()));
        if (cloud.isPresent()) {
            found.add(new Finding("host", "", isOffline ? notLooked() : reach.look(setup.host())));
            found.add(new Finding("clock", "", clock(cloud.get())));
            found.add(new Finding("account", "", account(cloud.get())));
        }
        found.addAll(stations(cloud));
        return found;
    }

    private Health notLooked() {
        return Health.unknown(setup.host() + " was not looked at.", "Nothing was to be asked.");
    }

    private Health clock(CloudState cloud) {
        if (hubClock.trust() == Trust.UNSURE) {
            return Health.problem(
                    "The hub's clock is not sure: " + hubClock.why() + ".",
                    "A signature with a wrong time is refused, so EcoFlow is not asked.",
                    SET_CLOCK);
        }
        if (cloud.clockAhead().isEmpty()) {
            return Health.ok("Nothing speaks against the hub's clock; EcoFlow's is not known yet.");
        }
        Duration ahead = cloud.clockAhead().get();
        if (ahead.toSeconds() == 0) {
            return Health.ok("The hub's clock agrees with EcoFlow's.");
        }
        String off = ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " EcoFlow's";
        return ahead.abs().compareTo(MOST_OFF) > 0
                ? Health.problem("The hub's clock is " + off + ".", "Each signature may be refused (8521).", SET_CLOCK)
                : Health.ok("The hub's clock is " + off + ", which is near enough.");
    }

    private Health account(CloudState cloud) {
        String last = cloud.lastAnswer()
                .map(at -> "It last answered " + ago(at) + ".")
                .orElse("It has not answered yet.");
        if (cloud.trouble().isPresent()) {
            return troubled(cloud.trouble().get(), last + next(cloud.nextTry()));
        }
        if (cloud.lastAnswer().isEmpty()) {
            return Health.unknown("EcoFlow was not asked yet.", cloud.waits());
        }
        List<StationState> listed =
                cloud.stations().stream().filter(StationState::isListed).toList();
        return listed.isEmpty()
                ? Health.warning(
                        "EcoFlow answered " + ago(cloud.lastAnswer().get()) + ", and lists no station to ask for.",
                        "What it lists is bound to this account and, if caravan.ecoflow.serials is set, named there.",
                        "Bind the station in the app to the account that the keys are of; look at caravan.ecoflow.serials.")
                : Health.ok("EcoFlow answered " + ago(cloud.lastAnswer().get()) + " and lists " + listed.size() + ": "
                        + listed.stream().map(StationState::serial).collect(Collectors.joining(", ")) + "."
                        + next(cloud.nextTry()));
    }

    private List<Finding> stations(Optional<CloudState> cloud) {
        List<PowerStation> all;
        try {
            all = stations.all(cloud);
        } catch (DatabaseAway | QueriesBusy e) {
            return List.of(new Finding(
                    "station",
                    "",
                    Health.unknown("What stations told last is not known now.", "The database does not answer.")));
        }
        List<Finding> found = new ArrayList<>();
        all.forEach(station -> found.add(new Finding("station", station.device(), station(station))));
        String bridges = all.stream()
                .map(PowerStation::bridge)
                .filter(bridge -> !bridge.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!bridges.isEmpty()) {
            boolean isLive = all.stream()
                    .anyMatch(station -> station.isLive() && !station.bridge().isEmpty());
            found.add(new Finding(
                    "bridge",
                    "",
                    isLive
                            ? Health.ok(bridges + " tells of stations without the cloud.")
                            : Health.warning(
                                    bridges + " has told nothing lately.",
                                    "Without it a station is known by the cloud only.",
                                    "Is it switched on and near? caravan device presence " + bridges)));
        }
        return found;
    }

    private Health station(PowerStation station) {
        String product = station.listed()
                .map(StationState::product)
                .filter(name -> !name.isEmpty())
                .orElse("");
        String charge = Optional.ofNullable(station.metrics().get("soc_percent"))
                .map(percent -> Math.round(percent) + " % ")
                .orElse("");
        String told = station.newest()
                .map(reading -> charge + ago(reading.at()) + " by "
                        + (station.bridge().isEmpty() ? "EcoFlow's cloud" : "the bridge " + station.bridge()))
                .orElse("no reading yet");
        String last = (product.isEmpty() ? "" : product + ", ") + told + ".";
        String next = next(station.nextTry());
        if (station.isLive()) {
            return Health.ok(last + next);
        }
        if (station.trouble().filter(Trouble::lasts).isPresent()) {
            return troubled(station.trouble().get(), "Last: " + last + next);
        }
        String fix = station.isGone()
                ? "Is it switched on, and in its Wi-Fi? The cloud notices up to a quarter of an hour late."
                : station.newest().isEmpty() ? "Wait for its next try." : "caravan device show " + station.device();
        return Health.warning(station.why(), "Last: " + last + next, fix);
    }

    private static Health troubled(Trouble trouble, String why) {
        String what = trouble.what() + (trouble.code().isEmpty() ? "." : " (" + trouble.code() + ").");
        return trouble.lasts()
                ? Health.problem(what, why, trouble.fix())
                : Health.warning(what, why, "Nothing to do but wait, if there is internet.");
    }

    private String next(Optional<Instant> next) {
        return next.map(at -> Duration.between(clock.instant(), at))
                .map(wait -> wait.toSeconds() <= 0 ? " Next try now." : " Next try in " + span(wait) + ".")
                .orElse("");
    }

    private String ago(Instant at) {
        return span(Duration.between(at, clock.instant())) + " ago";
    }

    private static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }
}

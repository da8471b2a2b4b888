package org.caravanhub.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravanhub.ecoflow.CloudState;
import org.caravanhub.ecoflow.StationState;
import org.caravanhub.ecoflow.Trouble;
import org.caravanhub.power.Remaining;

/**
 * One power station: what was heard of it last, by whomever, and what the cloud says of it. What is old is never shown as now.
 *
 * @param device its id
 * @param newest its newest reading, if it has any
 * @param cloud what the cloud knows, if it is asked
 * @param fresh for how long a reading is how it is now
 * @param now when it is looked at
 */
record PowerStation(
        String device, Optional<PowerReading> newest, Optional<CloudState> cloud, Duration fresh, Instant now) {
    private static final String PREFIX = "ecoflow-";

    /** How much of it is known. */
    enum State {
        /** What is shown is how it is. */
        LIVE,
        /** The last that was heard is older than it should be, or nobody knows how old. */
        STALE,
        /** The cloud says, or lets see, that it does not reach the station. */
        OFFLINE,
        /** It has never told anything. */
        SILENT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String serial() {
        return device.startsWith(PREFIX) ? device.substring(PREFIX.length()) : device;
    }

    /** What the cloud says of it, if it knows it. */
    Optional<StationState> listed() {
        return cloud.flatMap(state -> state.station(device));
    }

    Optional<Trouble> trouble() {
        return listed().flatMap(StationState::trouble);
    }

    State state() {
        if (newest.isEmpty()) {
            return State.SILENT;
        }
        if (isGone() && (isByCloud() || age().compareTo(fresh) > 0)) {
            return State.OFFLINE;
        }
        return age().compareTo(fresh) > 0 || isRetained() ? State.STALE : State.LIVE;
    }

    /** Whether the cloud lists it and does not reach it. */
    boolean isGone() {
        return listed().filter(one -> one.isListed() && !one.isThere()).isPresent();
    }

    boolean isLive() {
        return state() == State.LIVE;
    }

    /** Why it is not live; empty if it is. */
    String why() {
        return switch (state()) {
            case LIVE -> "";
            case OFFLINE -> gone();
            case STALE ->
                isRetained()
                        ? "The broker had kept it, and nobody knows since when; it has told nothing since."
                        : cause().map(cause -> cause + ".").orElse("It has told nothing since.");
            case SILENT ->
                isGone() ? gone() : cause().map(cause -> cause + ".").orElse("It has not told anything yet.");
        };
    }

    private String gone() {
        return trouble().map(Trouble::what).orElse("EcoFlow lists it as offline")
                + "; it is asked again when it is there.";
    }

    private Optional<String> cause() {
        return trouble()
                .map(Trouble::what)
                .or(() -> cloud.filter(state -> !state.waits().isEmpty())
                        .map(state -> "EcoFlow is not asked, because " + state.waits()))
                .or(() -> cloud.flatMap(CloudState::trouble).map(Trouble::what))
                .or(() -> cloud.isEmpty() && isByCloud() && newest.isPresent()
                        ? Optional.of("EcoFlow is not asked, because no keys are set")
                        : Optional.empty());
    }

    /** Since it measured what is known last; nothing if that seems to be in the future. */
    Duration age() {
        Duration age =
                newest.map(reading -> Duration.between(reading.at(), now)).orElse(Duration.ZERO);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Which bridge told of it last; empty if that was the cloud. */
    String bridge() {
        return newest.map(PowerReading::bridge).orElse("");
    }

    private boolean isRetained() {
        return newest.filter(PowerReading::isRetained).isPresent();
    }

    private boolean isByCloud() {
        return bridge().isEmpty();
    }

    /** {@code cloud} or {@code bridge}: who told last, or would. */
    String source() {
        return isByCloud() ? "cloud" : "bridge";
    }

    /** The numbers of the newest reading. */
    Map<String, Double> metrics() {
        return newest.map(PowerReading::metrics).orElse(Map.of());
    }

    /** When the cloud is asked for it; not while a bridge tells of it. */
    Optional<Instant> nextTry() {
        return isLive() && !isByCloud() ? Optional.empty() : listed().flatMap(StationState::nextTry);
    }

    /** How long it lasts, or takes, if it is known how it is now. */
    Optional<Remaining> remaining() {
        return isLive() ? Remaining.of(metrics()) : Optional.empty();
    }
}

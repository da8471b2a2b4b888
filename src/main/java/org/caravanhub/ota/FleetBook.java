package org.caravanhub.ota;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of the devices that firmware goes to. Every method throws {@code store.DatabaseAway} if the database cannot be asked now.
 * Safe for use by many threads.
 */
public interface FleetBook {
    /** Every device of a model, ordered by id. */
    List<Member> ofModel(String model);

    /** One device; empty of all that is not known. */
    Member member(String device);

    /** What is known of each device of a rollout that is at it; presence is for the caller to know. */
    Map<String, Told> told(long rollout);

    /** How full batteries are, as far as that was told within a day. */
    Charges charges(Instant now);

    /** How the releases of a model did, by version. */
    Map<String, Did> did(String model);

    /** How devices of a model are, those that were in a rollout: their newest statuses. */
    Map<String, Vitals> vitals(String model);

    /**
     * What a device told.
     *
     * @param version that it told last; empty if it told none
     * @param toldAt when
     * @param heardAt when anything was heard of it last
     * @param restarts since it runs the new version, or began to install it
     */
    record Told(String version, Optional<Instant> toldAt, Optional<Instant> heardAt, int restarts) {}

    /**
     * In percent.
     *
     * @param batteries of devices that told it
     * @param station the emptiest power station; empty if none told it
     */
    record Charges(Map<String, Double> batteries, OptionalDouble station) {
        /** Nobody told any. */
        public static final Charges NONE = new Charges(Map.of(), OptionalDouble.empty());

        /** Of the device's own battery, or else of the power station. */
        OptionalDouble of(String device) {
            Double own = batteries.get(device);
            return own == null ? station : OptionalDouble.of(own);
        }
    }

    /** What became of a release's devices, how often they started again, and how long each that is done took, the quickest first. */
    record Did(Counts counts, int restarts, List<Duration> timesToDone) {}

    /** Of a status. */
    record Vitals(Optional<Duration> uptime, OptionalDouble rssiDbm) {}
}

package org.caravanhub.power;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much is done at the moment, and why.
 *
 * @param profile how much
 * @param device whose charge it goes by; empty if it goes by none
 * @param percent the charge when that was heard last
 * @param heardAt when that was
 * @param since when the profile began
 * @param why a sentence for a person
 */
public record PowerState(
        Profile profile,
        String device,
        OptionalDouble percent,
        Optional<Instant> heardAt,
        Optional<Instant> since,
        String why) {
    /** Of a hub that goes by no charge. */
    public static final PowerState UNWATCHED = new PowerState(
            Profile.NORMAL,
            "",
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            "The hub goes by no charge: caravan.power.station is not set.");
}

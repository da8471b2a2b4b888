package org.caravanhub.ecoflow;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the hub knows of a station by the cloud at a moment.
 *
 * @param device its readings are of this one
 * @param serial its serial number
 * @param product as the cloud calls the model; empty if it does not
 * @param isListed whether the cloud lists it
 * @param isThere whether the cloud reaches it, as far as it says
 * @param isNear whether a bridge tells of it, so that the cloud is not asked
 * @param lastTry when it was asked for last
 * @param lastReading when that last came to a reading
 * @param charge in percent, at that moment
 * @param nextTry when it is asked for next, if the cloud reaches it then; empty while a bridge tells of it
 * @param isAsking whether a question for it is under way
 * @param trouble why the last question was of no use, if it was not
 */
public record StationState(
        String device,
        String serial,
        String product,
        boolean isListed,
        boolean isThere,
        boolean isNear,
        Optional<Instant> lastTry,
        Optional<Instant> lastReading,
        OptionalDouble charge,
        Optional<Instant> nextTry,
        boolean isAsking,
        Optional<Trouble> trouble) {
    /** @param list when the cloud is asked next who is there: one that is not waits for that */
    static StationState of(Station station, boolean isNear, Instant now, long nowNanos, Optional<Instant> list) {
        Optional<Instant> own = station.patience.next(nowNanos).map(now::plus);
        BigDecimal charge = station.last
                .map(measured -> measured.metrics().get("soc_percent"))
                .orElse(null);
        return new StationState(
                station.device(),
                station.serial,
                station.product,
                station.isListed,
                station.isOnline && station.trouble.filter(Trouble::isOfAbsence).isEmpty(),
                isNear,
                station.lastTry,
                station.lastReading,
                charge == null ? OptionalDouble.empty() : OptionalDouble.of(charge.doubleValue()),
                isNear ? Optional.empty() : station.isOnline && own.isPresent() ? own : list,
                station.patience.isAsking(),
                station.trouble);
    }
}

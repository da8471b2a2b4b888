package org.caravanhub.ota;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.caravanhub.ota.FleetBook.Charges;

/** What a device has to wait for, by what the hub knows now. Safe for use by many threads. */
final class Waits {
    private static final Duration CHARGE_KEPT = Duration.ofMinutes(1);

    private final RolloutBook book;
    private final FleetBook fleet;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<Optional<String>> hub;

    // Guarded by this.
    private Charges charges = Charges.NONE;
    private Instant askedAt = Instant.MIN;

    /**
     * By these books.
     *
     * @param zone of the windows
     * @param hub why the hub lets nothing begin now, a sentence; empty if it does
     */
    Waits(RolloutBook book, FleetBook fleet, ZoneId zone, Clock clock, Supplier<Optional<String>> hub) {
        this.book = book;
        this.fleet = fleet;
        this.zone = zone;
        this.clock = clock;
        this.hub = hub;
    }

    /**
     * A sentence; empty if it may begin.
     *
     * @param isUpdating whether it has begun: then nothing holds it any more
     */
    Optional<String> of(Rollout rollout, Member member, boolean isUpdating) {
        if (isUpdating) {
            return Optional.empty();
        }
        boolean isCounted = rollout.plan().atOnce().isPresent();
        return of(rollout, member, isCounted ? book.counts(rollout.id()).updating() : 0);
    }

    /** The same, for one that has not begun while so many have. */
    Optional<String> of(Rollout rollout, Member member, int updating) {
        Optional<String> hubs = hub.get();
        if (hubs.isPresent()) {
            return hubs;
        }
        Plan plan = rollout.plan();
        OptionalDouble charge = plan.leastCharge().isPresent() ? charges().of(member.device()) : OptionalDouble.empty();
        return Turn.waitsFor(plan, member, updating, LocalTime.ofInstant(clock.instant(), zone), charge);
    }

    /** How long a device of its rollout must be well. */
    Duration healthyFor(DeviceUpdate update) {
        return book.find(update.rollout())
                .map(rollout -> rollout.plan().healthyFor())
                .orElse(Plan.HEALTHY_FOR);
    }

    private synchronized Charges charges() {
        Instant now = clock.instant();
        Duration age = askedAt.equals(Instant.MIN) ? CHARGE_KEPT : Duration.between(askedAt, now);
        if (age.isNegative() || age.compareTo(CHARGE_KEPT) >= 0) {
            charges = fleet.charges(now);
            askedAt = now;
        }
        return charges;
    }
}

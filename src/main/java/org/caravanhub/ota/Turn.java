package org.caravanhub.ota;

import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether a device that is in a rollout may begin now. */
final class Turn {
    private Turn() {}

    /** What a device has to wait for, a sentence; empty if it may begin. */
    static Optional<String> waitsFor(Plan plan, Member member, int updating, LocalTime now, OptionalDouble charge) {
        if (member.isDisabled()) {
            return Optional.of("it is disabled; it waits until it is enabled again");
        }
        if (plan.window().isPresent() && !plan.window().get().isOpen(now)) {
            Plan.Window window = plan.window().get();
            return Optional.of("updates begin between " + window.from() + " and " + window.until()
                    + " by the hub's clock, which shows " + now.withSecond(0).withNano(0));
        }
        if (plan.atOnce().isPresent() && updating >= plan.atOnce().getAsInt()) {
            return Optional.of(turn(plan.atOnce().getAsInt()));
        }
        return plan.leastCharge().isPresent() ? charge(plan, charge) : Optional.empty();
    }

    /** What it waits for when as many update as may at a time. */
    static String turn(int atOnce) {
        return "it waits for its turn: " + atOnce + (atOnce == 1 ? " device updates" : " devices update")
                + " at a time";
    }

    private static Optional<String> charge(Plan plan, OptionalDouble charge) {
        String least = percent(plan.leastCharge().orElse(0));
        if (charge.isEmpty()) {
            return plan.unknownChargeWaits()
                    ? Optional.of(
                            "nobody has told within a day how full its battery or the power station is, and it needs "
                                    + least)
                    : Optional.empty();
        }
        return charge.getAsDouble() >= plan.leastCharge().orElse(0)
                ? Optional.empty()
                : Optional.of("its charge is " + percent(charge.getAsDouble()) + ", and it needs " + least);
    }

    private static String percent(double number) {
        return String.format(Locale.ROOT, number == Math.rint(number) ? "%.0f %%" : "%.1f %%", number);
    }
}

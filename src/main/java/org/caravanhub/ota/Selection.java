package org.caravanhub.ota;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** For whom a rollout is. */
final class Selection {
    private Selection() {}

    /** Whether the rollout has come to this device. */
    static boolean isIn(Rollout rollout, Member member) {
        OptionalInt ring = ring(rollout.audience(), rollout.plan(), member);
        return member.model().equals(rollout.model()) && ring.isPresent() && ring.getAsInt() <= rollout.ring();
    }

    /** The first ring that the device is in; empty if the rollout is not for it. */
    static OptionalInt ring(Audience audience, Plan plan, Member member) {
        if (!isFor(audience, member)) {
            return OptionalInt.empty();
        }
        boolean isNamed = audience instanceof Audience.Specific;
        List<Plan.Ring> rings = plan.rings();
        for (int i = 0; i < rings.size(); i++) {
            Plan.Ring ring = rings.get(i);
            boolean isGroup = ring.group().isEmpty() || ring.group().equals(member.group());
            if (isGroup && (isNamed || Canary.isIn(member.device(), ring.percent()))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isFor(Audience audience, Member member) {
        if (audience instanceof Audience.Specific named) {
            return named.ids().contains(member.device())
                    || member.macs().stream().anyMatch(named.macs()::contains);
        }
        return !(audience instanceof Audience.Group group) || group.name().equals(member.group());
    }

    /** What is wrong with a draft, a sentence; empty if nothing is. */
    static Optional<String> mistake(RolloutDraft draft) {
        if (draft.name().isBlank() || draft.name().length() > 100) {
            return Optional.of("a rollout has a name of 1 to 100 characters");
        }
        if (draft.plan().rings().isEmpty()) {
            return Optional.of("a rollout has one ring at least");
        }
        for (Plan.Ring ring : draft.plan().rings()) {
            if (isNoPercent(ring.percent())
                    || isNoPercent(ring.success())
                    || ring.soak().isNegative()) {
                return Optional.of("percent and success of a ring are 0 to 100, and its soak is not negative");
            }
        }
        if (draft.audience() instanceof Audience.Specific named
                && named.ids().isEmpty()
                && named.macs().isEmpty()) {
            return Optional.of("a rollout to specific devices names their ids or MAC addresses");
        }
        if (draft.audience() instanceof Audience.Group group && group.name().isEmpty()) {
            return Optional.of("a rollout to a group names it");
        }
        return mistake(draft.plan());
    }

    private static Optional<String> mistake(Plan plan) {
        if (plan.atOnce().isPresent() && plan.atOnce().getAsInt() < 1) {
            return Optional.of("at least one device updates at a time");
        }
        double charge = plan.leastCharge().orElse(0);
        if (!(charge >= 0 && charge <= 100)) {
            return Optional.of("the least charge is 0 to 100 percent");
        }
        if (plan.stop().failures() < 0 || isNoPercent(plan.stop().percent())) {
            return Optional.of("it stops after 0 or more failures, or 0 to 100 percent");
        }
        if (plan.healthyFor().isNegative()
                || plan.patience().isNegative()
                || plan.patience().isZero()) {
            return Optional.of("healthy-for is not negative, and patience is longer than nothing");
        }
        boolean isEmpty = plan.window()
                .map(window -> window.from().equals(window.until()))
                .orElse(false);
        return isEmpty ? Optional.of("a window ends at another time than it begins") : Optional.empty();
    }

    private static boolean isNoPercent(int number) {
        return number < 0 || number > 100;
    }
}

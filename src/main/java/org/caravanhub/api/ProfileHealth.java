package org.caravanhub.api;

import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.http.Moment;
import org.caravanhub.power.ChargeWatch;
import org.caravanhub.power.PowerState;
import org.caravanhub.power.Profile;

/** How much the hub does by the power that is left. Saving is what it is for, and no problem; not to know the charge may be a wrong setting. */
public final class ProfileHealth implements HealthCheck {
    private final ChargeWatch watch;
    private final Supplier<Set<String>> waiting;

    /**
     * A check of this.
     *
     * @param waiting which flows wait for power
     */
    public ProfileHealth(ChargeWatch watch, Supplier<Set<String>> waiting) {
        this.watch = watch;
        this.waiting = waiting;
    }

    @Override
    public String name() {
        return "power";
    }

    @Override
    public Health check() {
        PowerState now = watch.now();
        if (!watch.isKnown() && now.profile() == Profile.NORMAL) {
            return Health.unknown(
                    now.why(),
                    "The hub works as usual as long as nobody tells it how full " + now.device()
                            + " is. Compare caravan.power.station with `caravan device list`.");
        }
        if (now.profile() == Profile.NORMAL) {
            return Health.ok("The hub works as usual: " + now.why());
        }
        Set<String> late = waiting.get();
        String since = now.since()
                .map(Instant::getEpochSecond)
                .map(Instant::ofEpochSecond)
                .map(Moment::text)
                .orElse("");
        return Health.ok(
                (now.profile() == Profile.FLOOR ? "As good as empty since " : "Saving power since ") + since + ": "
                        + now.why() + " New firmware updates wait"
                        + (late.isEmpty() ? "." : ", and so do " + String.join(", ", late) + "."));
    }
}

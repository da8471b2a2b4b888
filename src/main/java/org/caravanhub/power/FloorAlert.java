package org.caravanhub.power;

import java.time.Clock;
import org.caravanhub.alert.Alerts;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;

/** Tells the owner that a station is as good as empty, and when it is not any more. */
public final class FloorAlert {
    private static final String NAME = "power-floor";

    private final Alerts alerts;
    private final Clock clock;

    /** Tells it there. */
    public FloorAlert(Alerts alerts, Clock clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    /** The profile is this now. */
    public void changed(ChargeRule rule, PowerState now) {
        if (now.profile() != Profile.FLOOR) {
            alerts.resolve(NAME, rule.device(), now.why());
            return;
        }
        String has = now.percent().isPresent()
                ? rule.device() + " has " + ChargeWatch.percent(now.percent().getAsDouble())
                : rule.device() + " is as good as empty";
        alerts.raise(new Notice(
                NAME,
                "tell-profile",
                "Power is nearly used up: " + has,
                "What the hub held has been brought to safety; it goes on as long as there is power. Charge the station, or switch off"
                        + " what can be. Before it goes off: sudo systemctl stop caravan. This is over at "
                        + rule.aboveFloorFrom() + " %.",
                Priority.HIGH,
                rule.device(),
                clock.instant()));
    }

    /** The hub does not go by this station any more. */
    public void off(String device) {
        alerts.resolve(
                NAME,
                device,
                "The hub does not go by its charge any more: caravan.power.station is another, or not set.");
    }
}

package org.caravanhub.ota;

import java.time.Clock;
import java.util.List;
import org.caravanhub.alert.Alerts;
import org.caravanhub.notice.Notice;
import org.caravanhub.notice.Priority;

/** Tells pages what changed, and the owner what went wrong. Safe for use by many threads. */
final class RolloutNews {
    private final RolloutListener listener;
    private final Alerts alerts;
    private final Clock clock;

    RolloutNews(RolloutListener listener, Alerts alerts, Clock clock) {
        this.listener = listener;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** The alert about a rollout that paused by itself. */
    static String alert(long rollout) {
        return "rollout-" + rollout;
    }

    /** It is in another state, ring or percentage. */
    void changed(Rollout now) {
        told(now);
        if (now.state() != Rollout.State.PAUSED) {
            alerts.resolve(
                    alert(now.id()), "", "the rollout is " + now.state().word().replace('_', ' '));
        }
    }

    /** The same, but what is wrong stays for the owner to look at. */
    void told(Rollout now) {
        listener.changed(now);
    }

    /** It paused by itself. */
    void stuck(Rollout now, List<String> failed) {
        String text =
                "The rollout of " + now.version() + " to " + now.model() + " paused: " + now.reason() + ". Failed: "
                        + String.join(", ", failed)
                        + (failed.size() == RolloutStatus.MOST_FAILED ? ", …" : "")
                        + ". Why: caravan rollout status " + now.id() + ". Go on: caravan rollout resume " + now.id()
                        + ". Give its devices the last good release back: caravan rollout rollback " + now.id();
        alerts.raise(new Notice(
                alert(now.id()),
                "rollouts",
                "Rollout " + now.name() + " paused by itself",
                text,
                Priority.HIGH,
                "",
                clock.instant()));
    }

    void changed(DeviceUpdate now) {
        listener.changed(now);
    }
}

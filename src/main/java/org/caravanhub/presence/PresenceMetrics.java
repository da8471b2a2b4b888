package org.caravanhub.presence;

import org.caravanhub.device.Presence;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.MetricSource;

/** How many devices are there. */
public final class PresenceMetrics implements MetricSource {
    private final PresenceWatch watch;

    /** Of those that are watched. */
    public PresenceMetrics(PresenceWatch watch) {
        this.watch = watch;
    }

    @Override
    public void expose(Exposition exposition) {
        PresenceWatch.Counts counts = watch.counts();
        for (Presence state : Presence.values()) {
            exposition.gauge(
                    "caravan_device_presence",
                    "Devices in each state.",
                    counts.byState().getOrDefault(state, 0),
                    "state",
                    state.word());
        }
        exposition.gauge(
                "caravan_device_flapping",
                "Devices that were lost five times or more within an hour.",
                counts.flapping());
    }
}

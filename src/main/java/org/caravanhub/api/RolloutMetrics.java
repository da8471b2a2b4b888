package org.caravanhub.api;

import java.util.Map;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.MetricSource;
import org.caravanhub.ota.Counts;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Rollout;
import org.caravanhub.store.RolloutTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many rollouts there are, and how the devices of the open ones are. */
final class RolloutMetrics implements MetricSource {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutMetrics.class);

    private final RolloutTables book;

    RolloutMetrics(RolloutTables book) {
        this.book = book;
    }

    /** A database that is away has no rollouts to tell; everything else is told all the same. */
    @Override
    public void expose(Exposition exposition) {
        Map<Rollout.State, Integer> rollouts;
        Counts updates;
        try {
            rollouts = book.countRollouts();
            updates = book.countsOfOpen();
        } catch (RuntimeException e) {
            LOG.debug("rollouts cannot be counted now", e);
            return;
        }
        for (Rollout.State state : Rollout.State.values()) {
            exposition.gauge(
                    "caravan_rollouts",
                    "Rollouts in each state.",
                    rollouts.getOrDefault(state, 0),
                    "state",
                    state.word());
        }
        for (DeviceUpdate.State state : DeviceUpdate.State.values()) {
            exposition.gauge(
                    "caravan_rollout_updates",
                    "Devices of open rollouts in each state.",
                    updates.of(state),
                    "state",
                    state.word());
        }
    }
}

package org.caravanhub.api;

import java.util.List;
import java.util.function.Supplier;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.MetricSource;
import org.caravanhub.store.LiveState;

/** Whether flows that start from {@code store:} keep up with what is kept. */
public final class LiveMetrics implements MetricSource {
    private final Supplier<List<LiveState>> flows;

    /** @param flows how each of them is: {@code liveReadings::states} */
    public LiveMetrics(Supplier<List<LiveState>> flows) {
        this.flows = flows;
    }

    @Override
    public void expose(Exposition exposition) {
        for (LiveState flow : flows.get()) {
            exposition.gauge(
                    "caravan_live_waiting", "Readings that wait for the flow.", flow.waiting(), "flow", flow.flow());
            exposition.counter(
                    "caravan_live_told_total",
                    "Readings given to the flow since it started.",
                    flow.told(),
                    "flow",
                    flow.flow());
            exposition.counter(
                    "caravan_live_left_out_total",
                    "Readings that the flow was too slow for since it started.",
                    flow.leftOut(),
                    "flow",
                    flow.flow());
        }
    }
}

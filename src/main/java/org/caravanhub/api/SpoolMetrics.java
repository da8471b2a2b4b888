package org.caravanhub.api;

import java.util.function.Supplier;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.MetricSource;
import org.caravanhub.store.SpoolState;

/** Measurements of what waits for a database elsewhere. */
public final class SpoolMetrics implements MetricSource {
    private final Supplier<SpoolState> spool;

    /** Measurements of this spool. */
    public SpoolMetrics(Supplier<SpoolState> spool) {
        this.spool = spool;
    }

    @Override
    public void expose(Exposition exposition) {
        SpoolState state = spool.get();
        exposition.gauge("caravan_spool_waiting", "Messages that the database has not got yet.", state.waiting());
        exposition.gauge("caravan_spool_bytes", "Size of the spool's file.", state.fileBytes());
        exposition.gauge(
                "caravan_spool_blocked",
                "1 while nothing can be kept.",
                state.intake().trouble().isPresent() ? 1 : 0);
        exposition.counter(
                "caravan_spool_commits_total",
                "Transactions of the spool since the start.",
                state.intake().commits());
    }
}

package org.caravanhub.api;

import org.caravanhub.device.RegistryListeners;
import org.caravanhub.health.MetricSource;
import org.caravanhub.ota.Engine;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Rollouts;
import org.caravanhub.store.Changes;
import org.caravanhub.store.FleetTables;
import org.caravanhub.store.Queries;
import org.caravanhub.store.RolloutTables;

/** Rollouts put together: what answers devices, what people steer, and what looks after them. */
public final class RolloutOperations implements AutoCloseable {
    private final Engine engine;
    private final RolloutMetrics metrics;

    /**
     * Binds it; nothing is looked at yet.
     *
     * @param news is listened to from now on
     */
    public RolloutOperations(Changes changes, Queries queries, RegistryListeners news, Engine.Surroundings hub) {
        RolloutTables book = new RolloutTables(changes, queries);
        this.engine = new Engine(book, new FleetTables(queries), hub);
        this.metrics = new RolloutMetrics(book);
        news.add(engine.registryListener());
    }

    /** What devices are answered. */
    public Offers offers() {
        return engine.offers();
    }

    /** What people steer. */
    public Rollouts rollouts() {
        return engine.rollouts();
    }

    /** How many there are, and how they go. */
    public MetricSource metrics() {
        return metrics;
    }

    /** Goes on with what was open. */
    public void begin() {
        engine.begin();
    }

    @Override
    public void close() throws InterruptedException {
        engine.close();
    }
}

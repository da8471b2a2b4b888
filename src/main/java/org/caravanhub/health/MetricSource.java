package org.caravanhub.health;

/** Something that has measurements to show under {@code GET /metrics}. */
@FunctionalInterface
public interface MetricSource {
    /** Writes them. Called from any thread, for each scrape; answers from what is known already. */
    void expose(Exposition exposition);
}

package org.caravanhub.store;

import java.time.Instant;
import java.util.Optional;

/**
 * How the store is, for health and metrics.
 *
 * @param trouble why nothing can be stored at the moment, as SQLite says it; empty while all is well
 * @param since when that began, or when the store was opened
 * @param waiting deliveries that wait for the writer
 * @param commits transactions since the start
 * @param commitNanos time spent in them
 * @param outcomes what they held
 */
public record StoreState(
        Optional<String> trouble, Instant since, int waiting, long commits, long commitNanos, long outcomes) {}

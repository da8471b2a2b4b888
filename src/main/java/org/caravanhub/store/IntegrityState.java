package org.caravanhub.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the database file is, for health and metrics.
 *
 * @param checkedAt when it was last read through; empty if not since the start
 * @param verdict {@code ok}, or what was wrong
 * @param reports of the damaged files that are still kept, the oldest first
 */
public record IntegrityState(Optional<Instant> checkedAt, String verdict, List<DamageReport> reports) {}

package org.caravanhub.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The newest time that the hub believed, from the database. */
public final class KnownTime {
    private static final Sql SELECT = Sql.load("clock/select-known-time");

    private final Queries queries;

    /** Asked on these connections. */
    public KnownTime(Queries queries) {
        this.queries = queries;
    }

    /** Nothing if the database is new, or does not answer. */
    public Optional<Instant> newest() {
        try {
            List<Long> rows = queries.all(SELECT, new Values(), row -> row.getLong("at"));
            return rows.stream().filter(at -> at > 0).map(Instant::ofEpochMilli).findFirst();
        } catch (DatabaseAway e) {
            return Optional.empty();
        }
    }
}

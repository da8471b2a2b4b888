package org.caravanhub.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks how much room is used. */
public final class StorageQuery {
    private static final Sql USED = Sql.load("storage/used-bytes");
    private static final Sql RAW_SINCE = Sql.load("storage/raw-since");
    private static final Sql DAYS = Sql.load("storage/select-storage-days");
    private static final long HOUR = 3_600_000;

    private final Queries queries;

    /** Questions on these connections. */
    public StorageQuery(Queries queries) {
        this.queries = queries;
    }

    /** What is used; less than the size of the file, which keeps its room when something is deleted. */
    public long usedBytes() {
        return queries.all(USED, new Values(), row -> row.getLong("used_bytes")).get(0);
    }

    /** From when on raw readings are kept; nothing if none was rolled up yet. */
    public Optional<Instant> rawSince() {
        return queries.all(RAW_SINCE, new Values(), row -> {
                    long hour = row.getLong("hour");
                    return row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(hour * HOUR));
                })
                .get(0);
    }

    /** What was used on each day since this one, the oldest first; days are counted from 1970. */
    public Map<Long, Long> usedByDay(long fromDay) {
        Map<Long, Long> days = new LinkedHashMap<>();
        queries.all(
                DAYS,
                new Values().with("from", fromDay),
                row -> days.put(row.getLong("day"), row.getLong("used_bytes")));
        return days;
    }
}

package org.caravanhub.api;

import java.time.Clock;
import java.util.function.LongSupplier;
import org.caravanhub.store.StorageQuery;
import org.caravanhub.upkeep.Forecast;
import org.jspecify.annotations.Nullable;

/** The forecast, reckoned at most once a minute however often somebody looks. Safe for several threads. */
public final class Storage {
    private static final long FRESH_MS = 60_000;
    private static final long DAY_MS = 86_400_000;
    private static final int DAYS = 7;

    private final StorageQuery query;
    private final long budgetBytes;
    private final LongSupplier freeBytes;
    private final Clock clock;
    private @Nullable Forecast last;
    private long lastMs;

    /**
     * A forecast for this budget.
     *
     * @param freeBytes what is free on the disk that the database is on
     */
    public Storage(StorageQuery query, long budgetBytes, LongSupplier freeBytes, Clock clock) {
        this.query = query;
        this.budgetBytes = budgetBytes;
        this.freeBytes = freeBytes;
        this.clock = clock;
    }

    /** How long the room lasts. */
    public synchronized Forecast forecast() {
        long now = clock.millis();
        Forecast known = last;
        if (known == null || Math.abs(now - lastMs) > FRESH_MS) {
            known = Forecast.of(
                    now, query.usedBytes(), budgetBytes, freeBytes.getAsLong(), query.usedByDay(now / DAY_MS - DAYS));
            last = known;
            lastMs = now;
        }
        return known;
    }

    StorageQuery query() {
        return query;
    }
}

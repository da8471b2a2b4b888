package org.caravanhub.api;

import java.time.Clock;
import java.util.OptionalLong;
import java.util.function.Supplier;
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
    private final Supplier<OptionalLong> freeBytes;
    private final Clock clock;
    private @Nullable Forecast last;
    private long lastMs;

    /**
     * A forecast for this budget.
     *
     * @param freeBytes what is free on the disk that the database is on, if that is a disk of this machine
     */
    public Storage(StorageQuery query, long budgetBytes, Supplier<OptionalLong> freeBytes, Clock clock) {
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
                    now, query.usedBytes(), budgetBytes, freeBytes.get(), query.usedByDay(now / DAY_MS - DAYS));
            last = known;
            lastMs = now;
        }
        return known;
    }

    StorageQuery query() {
        return query;
    }
}

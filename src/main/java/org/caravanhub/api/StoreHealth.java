package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.settings.FileHolders;
import org.caravanhub.store.SqliteDatabase;
import org.caravanhub.store.StoreState;
import org.caravanhub.upkeep.Forecast;

/** Whether readings can be stored. */
public final class StoreHealth implements HealthCheck {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final long SOON_DAYS = 14;
    private static final long LARGE_LOG_BYTES = 64L * 1024 * 1024;
    private static final long MB = 1024 * 1024;
    /** A card that is well takes 5 to 100 ms for one. */
    private static final long SLOW_COMMIT_MS = 1_500;
    /** One of a large batch may take long. */
    private static final long FEW_COMMITS = 3;

    private final SqliteDatabase database;
    private final Supplier<StoreState> writer;
    private final Storage storage;
    private final Clock clock;
    private long commits;
    private long commitNanos;
    private long commitMs;

    /** A check of this database and its writer. */
    public StoreHealth(SqliteDatabase database, Supplier<StoreState> writer, Storage storage, Clock clock) {
        this.database = database;
        this.writer = writer;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Health check() {
        StoreState state = writer.get();
        Optional<String> trouble = state.trouble();
        Duration lasting = Duration.between(state.since(), clock.instant());
        if (trouble.isPresent() && lasting.compareTo(SHORT) > 0) {
            return Health.problem(
                    "Nothing can be stored for " + lasting.toSeconds() + " s: " + trouble.get() + ".",
                    "Messages are not acknowledged; they wait in the broker until it is full.",
                    "If another program holds " + database.file() + ", end it; look at the free space with `df -h`.");
        }
        if (database.walBytes() > LARGE_LOG_BYTES) {
            return Health.warning(
                    "The database's log has grown to " + database.walBytes() / (1024 * 1024) + " MB.",
                    "Another program that reads keeps it from being folded into the database.",
                    "End " + others() + ", which may have " + database.file() + " open.");
        }
        long took = commitMs(state);
        if (took > SLOW_COMMIT_MS) {
            return Health.warning(
                    "Readings are stored, but a commit takes " + took + " ms.",
                    "The card or disk is slow: it is worn, shared with others, or about to fail.",
                    "See what the machine says of it: sudo caravan doctor. Make a backup: caravan backup now.");
        }
        return room(storage.forecast(), took);
    }

    /** The mean of those since the last look at which there were some; 0 before. */
    private synchronized long commitMs(StoreState state) {
        long since = state.commits() - commits;
        if (since >= FEW_COMMITS) {
            commitMs = (state.commitNanos() - commitNanos) / since / 1_000_000;
            commits = state.commits();
            commitNanos = state.commitNanos();
        }
        return commitMs;
    }

    /** A full budget is what it is for; a full disk is not. */
    private Health room(Forecast forecast, long took) {
        String log = "; its log has " + database.walBytes() / MB + " MB"
                + (commits == 0 ? "" : ", a commit takes " + Math.max(1, took) + " ms");
        if (forecast.isDiskFirst() && forecast.fullInDays().orElse(SOON_DAYS) < SOON_DAYS) {
            return Health.warning(
                    "Readings are stored; " + forecast.words() + ".",
                    "The disk is full before the database has used its budget; then nothing can be stored.",
                    "Make room on the disk, or start with a smaller --budget-bytes.");
        }
        return Health.ok("Readings are stored; " + forecast.words() + log + ".");
    }

    private String others() {
        List<String> holders = FileHolders.of(database.file());
        return holders.isEmpty() ? "other programs" : String.join(", ", holders);
    }
}

package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.http.Moment;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.QueriesBusy;
import org.caravanhub.store.QueryTooSlow;
import org.caravanhub.store.SpoolState;

/** Whether what comes is kept, and whether it reaches the database elsewhere. */
public final class SpoolHealth implements HealthCheck {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final long MANY = 10_000;

    private final Supplier<SpoolState> spool;
    private final String database;
    private final Storage storage;
    private final Clock clock;

    /**
     * A check of this spool.
     *
     * @param database where it is, for a person
     * @param storage how much room is used there
     */
    public SpoolHealth(Supplier<SpoolState> spool, String database, Storage storage, Clock clock) {
        this.spool = spool;
        this.database = database;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "spool";
    }

    @Override
    public Health check() {
        SpoolState state = spool.get();
        if (state.intake().trouble().isPresent()
                && lasting(state.intake().since()).compareTo(SHORT) > 0) {
            return Health.problem(
                    "Nothing can be kept for " + lasting(state.intake().since()).toSeconds() + " s: "
                            + state.intake().trouble().get() + ".",
                    "Messages are not acknowledged; they wait in the broker until it is full.",
                    "Look at the free space with `df -h` and at who may write " + state.file() + ".");
        }
        if (state.away().isPresent() && lasting(state.since()).compareTo(SHORT) > 0) {
            return Health.warning(
                    state.waiting() + " messages wait in " + state.file() + " (" + state.fileBytes() / (1024 * 1024)
                            + " MB) since " + Moment.text(state.since()) + ": " + database + " takes nothing, "
                            + state.away().get() + ".",
                    "They are acknowledged and safe, but pages and the API show nothing newer.",
                    "Start PostgreSQL, or correct caravan.db.url; it is tried again every few seconds.");
        }
        if (state.waiting() > MANY) {
            return Health.warning(
                    state.waiting() + " messages are on their way from " + state.file() + " to " + database + ".",
                    "It was away, or is slower than messages come; pages and the API are behind.",
                    "Nothing, if the number falls.");
        }
        return Health.ok("What comes reaches " + database + ", " + state.waiting() + " messages are on their way in "
                + state.fileBytes() / (1024 * 1024) + " MB" + room() + ".");
    }

    /** Not known while it is away, or busy; that is told by others. */
    private String room() {
        try {
            return "; " + storage.forecast().words();
        } catch (DatabaseAway | QueriesBusy | QueryTooSlow e) {
            return "";
        }
    }

    private Duration lasting(java.time.Instant since) {
        return Duration.between(since, clock.instant());
    }
}

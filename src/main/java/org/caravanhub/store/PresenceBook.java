package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.device.PastPresence;
import org.caravanhub.device.Presence;
import org.caravanhub.device.PresenceChange;
import org.jspecify.annotations.Nullable;

/** Remembers whether devices were there, and how that changed. Safe for use by many threads. */
public final class PresenceBook {
    /** How many changes of a device are kept. */
    public static final int KEPT = 200;

    /** So many devices are watched at most, and read when the hub starts. */
    public static final int MOST = 50_000;

    private static final Sql SELECT = Sql.load("presence/select-presences");
    private static final Sql PATHS = Sql.load("presence/select-paths");
    private static final Sql OWNERSHIP = Sql.load("presence/select-ownership");
    private static final Sql UPSERT = Sql.load("presence/upsert-presence");
    private static final Sql INSERT_CHANGE = Sql.load("presence/insert-presence-change");
    private static final Sql PRUNE = Sql.load("presence/prune-presence-changes");
    private static final Sql CHANGES = Sql.load("presence/select-presence-changes");
    private static final Sql DELETE = Sql.load("presence/delete-presence");
    private static final Sql DELETE_CHANGES = Sql.load("presence/delete-presence-changes");

    private final Queries queries;
    private final Changes changes;

    /**
     * What the owner says of a device.
     *
     * @param isDisabled whether nothing is wanted of it
     * @param interval how often it speaks
     */
    public record Ownership(boolean isDisabled, Optional<Duration> interval) {}

    /** Kept by this writer in this database. */
    public PresenceBook(Queries queries, GroupCommit writer, Database database) {
        this.queries = queries;
        this.changes = new Changes(writer, database);
    }

    /**
     * What is known of every device.
     *
     * @throws DatabaseAway if nobody can tell at the moment; so of all these
     */
    public List<PastPresence> all() {
        return queries.all(SELECT, new Values().with("limit", MOST), PresenceBook::past);
    }

    /** Through which gateways devices were heard. */
    public List<PastPresence.Path> paths() {
        return queries.all(
                PATHS,
                new Values().with("limit", 2 * MOST),
                row -> new PastPresence.Path(row.getString("device"), row.getString("gateway")));
    }

    /** What the owner says of a device; empty if it is not registered. */
    public Optional<Ownership> ownership(String device) {
        return queries
                .all(
                        OWNERSHIP,
                        new Values().with("device", device),
                        row -> new Ownership(row.getInt("disabled") == 1, span(row, "interval_ms")))
                .stream()
                .findFirst();
    }

    /** How a device's presence changed, newest first; all that is kept. */
    public List<PresenceChange> changes(String device) {
        return queries.all(
                CHANGES,
                new Values().with("device", device).with("limit", KEPT),
                row -> new PresenceChange(
                        device,
                        Presence.ofWord(row.getString("state")).orElse(Presence.NEW),
                        row.getString("reason"),
                        Instant.ofEpochMilli(row.getLong("at"))));
    }

    /**
     * Writes how devices are judged now, and how that changed, in one transaction; some hundreds at once at most.
     *
     * @throws DatabaseAway if nothing of it was kept
     */
    public void write(List<PastPresence.Judged> judged, List<PresenceChange> changed) {
        changes.make(change -> {
            for (PastPresence.Judged device : judged) {
                change.run(UPSERT, values(device));
            }
            for (PresenceChange one : changed) {
                change.run(
                        INSERT_CHANGE,
                        new Values()
                                .with("device", one.device())
                                .with("state", one.state().word())
                                .with("reason", one.reason())
                                .with("at", one.at().toEpochMilli()));
                change.run(PRUNE, new Values().with("device", one.device()).with("keep", KEPT));
            }
            return judged.size();
        });
    }

    /** Forgets a device. */
    public void forget(String device) {
        Values values = new Values().with("device", device);
        changes.make(change -> change.run(DELETE, values) + change.run(DELETE_CHANGES, values));
    }

    private static Values values(PastPresence.Judged judged) {
        return new Values()
                .with("device", judged.device())
                .with("state", judged.state().word())
                .with("cause", judged.cause())
                .with("reason", judged.reason())
                .with("since", judged.since().toEpochMilli())
                .with("heard_at", judged.heardAt().toEpochMilli())
                .with("interval_ms", judged.usual().map(Duration::toMillis).orElse(null));
    }

    private static PastPresence past(ResultSet row) throws SQLException {
        String device = row.getString("device");
        @Nullable String state = row.getString("state");
        Optional<PastPresence.Judged> judged = state == null
                ? Optional.empty()
                : Optional.of(new PastPresence.Judged(
                        device,
                        Presence.ofWord(state).orElse(Presence.NEW),
                        row.getString("cause"),
                        row.getString("reason"),
                        Instant.ofEpochMilli(row.getLong("since")),
                        Instant.ofEpochMilli(row.getLong("heard_at")),
                        span(row, "interval_ms")));
        return new PastPresence(
                device,
                row.getInt("registered") == 1,
                row.getInt("disabled") == 1,
                span(row, "owner_ms"),
                moment(row, "first_seen_at"),
                moment(row, "last_seen_at"),
                judged);
    }

    private static Optional<Duration> span(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}

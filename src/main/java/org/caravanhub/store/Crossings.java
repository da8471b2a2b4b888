package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Remembers which values are beyond a limit and were told, so that a restart neither repeats nor misses one. Written only when a value
 * crosses its limit or comes back.
 */
public final class Crossings {
    private static final Sql SELECT = Sql.load("crossing/select-crossings");
    private static final Sql UPSERT = Sql.load("crossing/upsert-crossing");
    private static final Sql DELETE = Sql.load("crossing/delete-crossing");
    private static final Sql DELETE_OTHERS = Sql.load("crossing/delete-other-crossings");

    private final Queries queries;
    private final GroupCommit writer;
    private final Dialect dialect;

    /** Kept in this database. */
    public Crossings(Queries queries, GroupCommit writer, Database database) {
        this.queries = queries;
        this.writer = writer;
        this.dialect = database.dialect();
    }

    /**
     * When each device crossed a limit, of those that are still beyond it.
     *
     * @throws DatabaseAway if nobody can tell at the moment
     */
    Map<String, Instant> of(String flow, String watched) {
        Values values = new Values().with("flow", flow).with("watched", watched);
        return queries
                .all(SELECT, values, row -> Map.entry(row.getString("device"), row.getLong("crossed_at")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Instant.ofEpochMilli(entry.getValue())));
    }

    /**
     * Notes what became of these, and forgets other limits of the flow.
     *
     * @param changes by device: when it crossed its limit; empty if it is back
     * @throws SQLException if nothing of it was kept
     */
    void note(String flow, String watched, Map<String, Optional<Instant>> changes) throws SQLException {
        writer.lend(connection -> {
            try (PreparedStatement others = connection.prepareStatement(
                            DELETE_OTHERS.in(dialect).text());
                    PreparedStatement upsert =
                            connection.prepareStatement(UPSERT.in(dialect).text());
                    PreparedStatement delete =
                            connection.prepareStatement(DELETE.in(dialect).text())) {
                others.setString(1, flow);
                others.setString(2, watched);
                others.executeUpdate();
                for (Map.Entry<String, Optional<Instant>> change : changes.entrySet()) {
                    PreparedStatement statement = change.getValue().isPresent() ? upsert : delete;
                    statement.setString(1, flow);
                    statement.setString(2, watched);
                    statement.setString(3, change.getKey());
                    if (change.getValue().isPresent()) {
                        statement.setLong(4, change.getValue().get().toEpochMilli());
                    }
                    statement.executeUpdate();
                }
                return changes.size();
            }
        });
    }
}

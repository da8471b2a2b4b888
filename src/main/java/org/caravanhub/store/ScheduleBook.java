package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** When scheduled flows ran last, so that it is known after a power cut what was missed. */
public final class ScheduleBook {
    private static final Sql SELECT = Sql.load("schedule/select-schedule");
    private static final Sql WAITS = Sql.load("schedule/note-waiting");
    private static final Sql UPSERT = Sql.load("schedule/upsert-schedule");

    private final Queries queries;
    private final GroupCommit writer;
    private final Dialect dialect;

    /**
     * The last run of a scheduled flow.
     *
     * @param job the flow, {@code upkeep/roll-up-hours}
     * @param plannedAt when it was due, UTC milliseconds
     * @param ranAt when it ran
     * @param outcome {@code done}, {@code failed: why}; {@code known} before its first run
     */
    public record Line(String job, long plannedAt, long ranAt, String outcome) {}

    /** Kept in this database. */
    public ScheduleBook(Queries queries, GroupCommit writer, Database database) {
        this.queries = queries;
        this.writer = writer;
        this.dialect = database.dialect();
    }

    /** Every flow that is noted, by job. */
    public Map<String, Line> lines() {
        return queries
                .all(
                        SELECT,
                        new Values(),
                        row -> new Line(
                                row.getString("job"),
                                row.getLong("last_planned_at"),
                                row.getLong("last_run_at"),
                                row.getString("outcome")))
                .stream()
                .collect(Collectors.toMap(Line::job, Function.identity()));
    }

    /**
     * Notes these.
     *
     * @throws SQLException if none of them could be kept
     */
    public void note(List<Line> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        writer.lend(connection -> {
            try (PreparedStatement upsert =
                    connection.prepareStatement(UPSERT.in(dialect).text())) {
                for (Line line : lines) {
                    upsert.setString(1, line.job);
                    upsert.setLong(2, line.plannedAt);
                    upsert.setLong(3, line.ranAt);
                    upsert.setString(4, line.outcome);
                    upsert.addBatch();
                }
                return upsert.executeBatch();
            }
        });
    }

    /**
     * Notes why a flow that was due has not run; when it ran last stays as it is.
     *
     * @throws SQLException if that could not be kept
     */
    public void noteWaiting(String job, String why) throws SQLException {
        writer.lend(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement(WAITS.in(dialect).text())) {
                update.setString(1, why);
                update.setString(2, job);
                return update.executeUpdate();
            }
        });
    }
}

package org.caravanhub.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Roll-ups as the upkeep would have made them, for tests that do not wait for it. */
public final class SumRows {
    private SumRows() {}

    /** The hour of this moment, of a device that was heard, in which its metric had one value. */
    public static void insert(GroupCommit writer, String device, String metric, Instant at, double value) {
        long hour = at.toEpochMilli() / 3_600_000;
        try {
            writer.lend(connection -> {
                run(
                        connection,
                        "insert into series (source_id, metric) select id, '" + metric
                                + "' from source where device = '" + device + "' on conflict do nothing");
                run(
                        connection,
                        "insert into roll_up_hour (series_id, bucket, count, min, max, sum, last, last_at) select series.id, "
                                + hour + ", 1, " + value + ", " + value + ", " + value + ", " + value + ", "
                                + at.toEpochMilli()
                                + " from series join source on source.id = series.source_id where source.device = '"
                                + device + "'");
                run(
                        connection,
                        "insert into roll_up_5_minutes (series_id, bucket, count, min, max, sum, last, last_at)"
                                + " select series.id, " + 12 * hour + ", 1, 1, 1, 1, 1, 1 from series"
                                + " join source on source.id = series.source_id where source.device = '" + device
                                + "'");
                run(
                        connection,
                        "insert into rolled (source_id, hour, kept_from) select id, " + hour + ", " + hour
                                + " from source where device = '" + device + "' on conflict do nothing");
                return true;
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

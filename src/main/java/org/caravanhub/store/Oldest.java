package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Lets go of what is least missed when the disk is nearly full. What it lets go makes room inside the file, for what comes next. */
public final class Oldest {
    private static final Sql CLEAR_UNKNOWN = Sql.load("disk/clear-unknown-topics");
    private static final Sql OLDEST_HOUR = Sql.load("disk/select-oldest-hour");
    private static final Sql CLEAR_READINGS = Sql.load("disk/clear-hour-of-readings");
    private static final Sql CLEAR_HOURS = Sql.load("disk/clear-hour");
    private static final int HOURS_AT_A_TIME = 24;
    /** As many free pages in the file, 8 MB, are room enough for some hours. */
    private static final long ENOUGH_PAGES = 2048;

    private final GroupCommit writer;

    /** Through this writer, between its commits. */
    public Oldest(GroupCommit writer) {
        this.writer = writer;
    }

    /** Messages of topics that no family knows; answers how many went. */
    public long clearUnknownTopics() throws SQLException {
        return writer.lend(connection -> (long) run(connection, CLEAR_UNKNOWN));
    }

    /** The oldest hours of readings, but none of the newest day, until the file has room in it; answers how many readings went. */
    public long clearReadings() throws SQLException {
        long gone = 0;
        long last = 1;
        for (int i = 0; i < HOURS_AT_A_TIME && last > 0; i++) {
            last = writer.lend(Oldest::clearHour);
            gone += last;
        }
        return gone;
    }

    private static long clearHour(Connection connection) throws SQLException {
        if (SqliteDatabase.number(connection, "pragma freelist_count") >= ENOUGH_PAGES) {
            return 0;
        }
        long hour;
        try (PreparedStatement select = connection.prepareStatement(
                        OLDEST_HOUR.in(Dialect.SQLITE).text());
                ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return 0;
            }
            hour = rows.getLong(1);
        }
        long gone = run(connection, CLEAR_READINGS, 60 * hour, 60 * hour + 59);
        run(connection, CLEAR_HOURS, hour);
        return Math.max(gone, 1);
    }

    private static int run(Connection connection, Sql sql, long... values) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql.in(Dialect.SQLITE).text())) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}

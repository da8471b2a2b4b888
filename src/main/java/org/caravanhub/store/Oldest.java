package org.caravanhub.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Lets go of what is least missed when the disk is nearly full. What it lets go makes room inside the file, for what comes next. */
public final class Oldest {
    private static final Sql CLEAR_UNKNOWN = Sql.load("disk/clear-unknown-topics");
    private static final Sql NEWEST_HOUR = Sql.load("disk/select-newest-hour");
    /** As the flow let-raw-go does it: only hours that are in the roll-ups, and these know it afterwards. */
    private static final Sql TAKE = Sql.load("upkeep/take-oldest-raw");

    private static final Sql LET_GO = Sql.load("upkeep/let-raw-go");
    private static final List<Sql> AFTERWARDS =
            List.of(Sql.load("upkeep/forget-hours"), Sql.load("upkeep/note-gone"), Sql.load("upkeep/put-down"));

    private static final long KEPT_HOURS = 24;
    private static final long SOURCE_HOURS_AT_A_TIME = 20;
    private static final int STEPS = 50;
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

    /**
     * The oldest hours of readings that are in the roll-ups, but none of the newest day, until the file has room in it; answers how
     * many readings went.
     */
    public long clearReadings() throws SQLException {
        long gone = 0;
        long last = 1;
        for (int step = 0; step < STEPS && last > 0; step++) {
            last = writer.lend(Oldest::clearSome);
            gone += last;
        }
        return gone;
    }

    private static long clearSome(Connection connection) throws SQLException {
        if (SqliteDatabase.number(connection, "pragma freelist_count") >= ENOUGH_PAGES) {
            return 0;
        }
        long newest =
                SqliteDatabase.number(connection, NEWEST_HOUR.in(Dialect.SQLITE).text());
        run(connection, TAKE, newest - KEPT_HOURS, SOURCE_HOURS_AT_A_TIME);
        long gone = run(connection, LET_GO);
        for (Sql sql : AFTERWARDS) {
            run(connection, sql);
        }
        return gone;
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

package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Notes in which hours a source has readings, and that these are not in the roll-ups; once for each, until somebody else has written.
 * Remembers what was noted. Belongs to the writer thread.
 */
final class SourceHours {
    private static final Sql INSERT_SOURCE_HOUR = Sql.load("store/insert-source-hour");
    private static final Sql MARK_UNROLLED = Sql.load("store/mark-unrolled");

    private static final int REMEMBERED = 20_000;
    private static final long HOUR = 3_600_000;

    private final Set<SourceHour> noted = new HashSet<>();

    private record SourceHour(long source, long hour) {}

    void note(long source, long measuredAt, Statements statements) throws SQLException {
        SourceHour sourceHour = new SourceHour(source, Math.floorDiv(measuredAt, HOUR));
        if (noted.contains(sourceHour)) {
            return;
        }
        PreparedStatement insert = statements.of(INSERT_SOURCE_HOUR);
        insert.setLong(1, source);
        insert.setLong(2, sourceHour.hour);
        insert.executeUpdate();
        PreparedStatement mark = statements.of(MARK_UNROLLED);
        mark.setLong(1, source);
        mark.setLong(2, sourceHour.hour);
        mark.executeUpdate();
        if (noted.size() >= REMEMBERED) {
            noted.clear();
        }
        noted.add(sourceHour);
    }

    void forget() {
        noted.clear();
    }
}

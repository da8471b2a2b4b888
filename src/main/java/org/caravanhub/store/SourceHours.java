package org.caravanhub.store;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Notes in which hours a source has readings, and that these are not in the roll-ups; once for each, until somebody else has written.
 * Remembers what was noted. Belongs to the writer thread.
 */
final class SourceHours {
    private static final int REMEMBERED = 20_000;
    private static final long HOUR = 3_600_000;

    private final Set<SourceHour> noted = new HashSet<>();

    private record SourceHour(long source, long hour) {}

    void note(long source, long measuredAt, Statements statements) throws SQLException {
        SourceHour sourceHour = new SourceHour(source, Math.floorDiv(measuredAt, HOUR));
        if (noted.contains(sourceHour)) {
            return;
        }
        statements.insertSourceHour.setLong(1, source);
        statements.insertSourceHour.setLong(2, sourceHour.hour);
        statements.insertSourceHour.executeUpdate();
        statements.markUnrolled.setLong(1, source);
        statements.markUnrolled.setLong(2, sourceHour.hour);
        statements.markUnrolled.setLong(3, source);
        statements.markUnrolled.setLong(4, sourceHour.hour);
        statements.markUnrolled.executeUpdate();
        if (noted.size() >= REMEMBERED) {
            noted.clear();
        }
        noted.add(sourceHour);
    }

    void forget() {
        noted.clear();
    }
}

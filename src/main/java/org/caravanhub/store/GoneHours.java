package org.caravanhub.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.caravanhub.reading.Reading;

/**
 * Which hours of a source are only sums any more. History that is given again for such an hour is in the sums already, and cannot be
 * compared with readings that are gone: it counts as repeated. Belongs to the writer thread; remembers until somebody else has written.
 */
final class GoneHours {
    private static final Sql SELECT_GONE = Sql.load("store/select-gone");
    private static final int REMEMBERED = 20_000;
    private static final long HOUR = 3_600_000;

    private final Map<SourceHour, Boolean> known = new HashMap<>();

    private record SourceHour(long source, long hour) {}

    boolean has(Reading reading, long source, Statements statements) throws SQLException {
        SourceHour hour =
                new SourceHour(source, Math.floorDiv(reading.measuredAt().toEpochMilli(), HOUR));
        Boolean answer = known.get(hour);
        if (answer == null) {
            answer = isGone(hour, statements.of(SELECT_GONE));
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(hour, answer);
        }
        return answer;
    }

    void forget() {
        known.clear();
    }

    private static boolean isGone(SourceHour hour, PreparedStatement select) throws SQLException {
        select.setLong(1, hour.source);
        select.setLong(2, hour.hour);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next();
        }
    }
}

package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks how batteries and radios of a device changed, from its roll-ups: some rows of its hours, however much it said. */
public final class TrendQueries {
    private static final Sql SERIES = Sql.load("registration/select-trends");
    private static final Sql SIGNAL = Sql.load("registration/select-signal-trend");
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Queries queries;

    /** Questions on these connections. */
    public TrendQueries(Queries queries) {
        this.queries = queries;
    }

    /**
     * Something that wears down or grows weak.
     *
     * @param sensor the voice that tells it; empty if the device has one
     * @param metric its name; {@code status.rssi_dbm} is told in statuses
     * @param newest what it is
     * @param oldest what it was; the same if nothing is older
     */
    public record Trend(String sensor, String metric, Point newest, Point oldest) {}

    /** A value at a time. */
    public record Point(double value, Instant at) {}

    /** Those of a device since then, by what is summed up in hours and by what it said of itself. */
    public List<Trend> of(String device, Instant since) {
        List<Trend> trends = new java.util.ArrayList<>(queries.all(
                SERIES,
                new Values().with("device", device).with("from", Math.floorDiv(since.toEpochMilli(), HOUR)),
                row -> new Trend(
                        row.getString("sensor"), row.getString("metric"), point(row, "newest"), point(row, "oldest"))));
        signal(device, since).ifPresent(trends::add);
        return trends;
    }

    private Optional<Trend> signal(String device, Instant since) {
        return queries
                .all(
                        SIGNAL,
                        new Values().with("device", device).with("since", since.toEpochMilli()),
                        row -> new Trend("", "status.rssi_dbm", point(row, "newest"), point(row, "oldest")))
                .stream()
                .findFirst();
    }

    private static Point point(ResultSet row, String which) throws SQLException {
        return new Point(row.getDouble(which), Instant.ofEpochMilli(row.getLong(which + "_at")));
    }
}

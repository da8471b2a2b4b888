package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/** Asks for readings as they were stored. */
public final class ReadingQueries {
    private static final Sql NEWEST = Sql.load("reading/page-newest-first");
    private static final Sql OLDEST = Sql.load("reading/page-oldest-first");
    private static final Sql LATEST = Sql.load("reading/latest-of-device");

    private final Queries queries;

    /** Which readings come first. */
    public enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    /**
     * Which readings are wanted.
     *
     * @param device only this device
     * @param from measured at or after this
     * @param to measured before this
     * @param order which come first
     */
    public record Selection(Optional<String> device, Instant from, Instant to, Order order) {}

    /** Questions on these connections. */
    public ReadingQueries(Queries queries) {
        this.queries = queries;
    }

    /**
     * A page of readings, none twice and none left out while others are stored.
     *
     * @param after where the page before ended
     * @param limit the most readings
     * @throws QueryTooSlow see {@link Queries}
     */
    public List<PlacedReading> page(Selection selection, Optional<PlacedReading.Place> after, int limit) {
        boolean newestFirst = selection.order() == Order.NEWEST_FIRST;
        Instant edge = newestFirst ? selection.to() : selection.from();
        PlacedReading.Place place = after.orElse(new PlacedReading.Place(edge.toEpochMilli(), 0));
        Sql sql = newestFirst ? NEWEST : OLDEST;
        Values values = new Values()
                .with("device", selection.device().orElse(null))
                .with("from", selection.from().toEpochMilli())
                .with("to", selection.to().toEpochMilli())
                .with("place_at", place.measuredAtMs())
                .with("place_source", place.sourceId())
                .with("limit", limit);
        return queries.all(sql, values, ReadingQueries::read);
    }

    /** The newest reading of each voice of a device; empty if it has none or does not exist. */
    public List<PlacedReading> latest(String device) {
        return queries.all(LATEST, new Values().with("device", device), ReadingQueries::read);
    }

    private static PlacedReading read(ResultSet row) throws SQLException {
        Source source = new Source(
                row.getString("device"),
                row.getString("family"),
                row.getString("site"),
                row.getString("system"),
                row.getString("sensor"),
                row.getString("location"),
                row.getString("mac"));
        Reading reading = new Reading(
                source,
                Instant.ofEpochMilli(row.getLong("measured_at")),
                Instant.ofEpochMilli(row.getLong("received_at")),
                Metrics.ofChecked(row.getBytes("metrics")),
                row.getInt("flags"));
        return new PlacedReading(row.getLong("source_id"), reading);
    }
}

package org.caravanhub.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanhub.reading.Metrics;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;

/** Asks for readings as they were stored. */
public final class ReadingQueries {
    private static final Sql NEWEST = Sql.load("reading/page-newest-first");
    private static final Sql OLDEST = Sql.load("reading/page-oldest-first");
    private static final Sql NEWEST_OF_DEVICE = Sql.load("reading/page-of-device-newest-first");
    private static final Sql OLDEST_OF_DEVICE = Sql.load("reading/page-of-device-oldest-first");
    private static final Sql HOURS_DOWN = Sql.load("reading/hours-down");
    private static final Sql HOURS_UP = Sql.load("reading/hours-up");
    private static final Sql LATEST = Sql.load("reading/latest-of-device");

    private static final long HOUR = 3_600_000;

    /** A device that speaks each minute fills a usual page with two. */
    private static final int FIRST_HOURS = 2;

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
        Values values = new Values()
                .with("from", selection.from().toEpochMilli())
                .with("to", selection.to().toEpochMilli())
                .with("place_at", place.measuredAtMs())
                .with("place_source", place.sourceId())
                .with("limit", limit);
        if (selection.device().isEmpty()) {
            return queries.all(newestFirst ? NEWEST : OLDEST, values, this::read);
        }
        if (queries.dialect() == Dialect.POSTGRES) {
            values.with("device", selection.device().get());
            return queries.all(newestFirst ? NEWEST_OF_DEVICE : OLDEST_OF_DEVICE, values, this::read);
        }
        return pageOfDevice(selection.device().get(), selection, place, values, limit);
    }

    /** Goes through the hours in which the device has readings, more of them at a time, until the page is full. */
    private List<PlacedReading> pageOfDevice(
            String device, Selection selection, PlacedReading.Place place, Values values, int limit) {
        boolean newestFirst = selection.order() == Order.NEWEST_FIRST;
        values.with("device", device);
        List<PlacedReading> page = new ArrayList<>();
        long hour = Math.floorDiv(place.measuredAtMs(), HOUR);
        for (int hours = FIRST_HOURS; page.size() < limit; hours *= 2) {
            Optional<Long> last = lastOf(device, hour, hours, newestFirst);
            if (last.isEmpty() || isOutside(last.get(), hour, selection)) {
                break;
            }
            values.with("from_hour", Math.min(hour, last.get()))
                    .with("to_hour", Math.max(hour, last.get()))
                    .with("limit", limit - page.size());
            page.addAll(queries.all(newestFirst ? NEWEST_OF_DEVICE : OLDEST_OF_DEVICE, values, this::read));
            hour = newestFirst ? last.get() - 1 : last.get() + 1;
        }
        return page;
    }

    private Optional<Long> lastOf(String device, long hour, int hours, boolean down) {
        Values values = new Values().with("device", device).with("hour", hour).with("hours", hours);
        return queries.all(down ? HOURS_DOWN : HOURS_UP, values, row -> {
                    long last = row.getLong("hour");
                    return row.wasNull() ? Optional.<Long>empty() : Optional.of(last);
                })
                .get(0);
    }

    /** Whether all that these hours hold is before or after what is asked for. */
    private static boolean isOutside(long last, long hour, Selection selection) {
        return Math.max(last, hour) < Math.floorDiv(selection.from().toEpochMilli(), HOUR)
                || Math.min(last, hour) > Math.floorDiv(selection.to().toEpochMilli(), HOUR);
    }

    /** The newest reading of each voice of a device; empty if it has none or does not exist. */
    public List<PlacedReading> latest(String device) {
        return queries.all(LATEST, new Values().with("device", device), this::read);
    }

    private PlacedReading read(ResultSet row) throws SQLException {
        Reading reading = new Reading(
                source(row),
                Instant.ofEpochMilli(row.getLong("measured_at")),
                Instant.ofEpochMilli(row.getLong("received_at")),
                metrics(row),
                row.getInt("flags"));
        return new PlacedReading(row.getLong("source_id"), reading);
    }

    /** Whose it is, for every kind of row that has a source. */
    static Source source(ResultSet row) throws SQLException {
        return new Source(
                row.getString("device"),
                row.getString("family"),
                row.getString("site"),
                row.getString("system"),
                row.getString("sensor"),
                row.getString("location"),
                row.getString("mac"));
    }

    private Metrics metrics(ResultSet row) throws SQLException {
        if (queries.dialect() == Dialect.POSTGRES) {
            return Metrics.ofChecked(JsonSlices.compact(row.getString("metrics").getBytes(StandardCharsets.UTF_8)));
        }
        byte[] values = row.getString("values").getBytes(StandardCharsets.UTF_8);
        if (row.getLong("shape_id") == Shape.WHOLE_OBJECT) {
            return Metrics.ofChecked(values);
        }
        byte[] names = row.getString("names").getBytes(StandardCharsets.UTF_8);
        return Metrics.ofChecked(Shape.object(names, values));
    }
}

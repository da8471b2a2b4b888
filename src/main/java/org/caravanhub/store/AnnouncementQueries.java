package org.caravanhub.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravanhub.reading.Configuration;
import org.caravanhub.reading.Document;
import org.caravanhub.reading.Event;
import org.caravanhub.reading.Status;
import org.caravanhub.reading.Vitals;
import org.caravanhub.reading.When;
import org.jspecify.annotations.Nullable;

/** Asks what devices said beside their readings: events, statuses, configurations. */
public final class AnnouncementQueries {
    private static final Sql EVENTS = Sql.load("event/page-events");
    private static final Sql STATUS = Sql.load("status/select-newest-status");
    private static final Sql CONFIGURATION = Sql.load("configuration/select-newest-configuration");

    private final Queries queries;

    /** Questions on these connections. */
    public AnnouncementQueries(Queries queries) {
        this.queries = queries;
    }

    /**
     * A page of a device's events, newest first.
     *
     * @param beforeMs the believed time of the last event of the page before, UTC milliseconds; larger than all for the first page
     * @param beforeId its number
     */
    public List<PlacedEvent> events(String device, long beforeMs, long beforeId, int limit) {
        Values values = new Values()
                .with("device", device)
                .with("before", beforeMs)
                .with("before_id", beforeId)
                .with("limit", limit);
        return queries.all(EVENTS, values, AnnouncementQueries::event);
    }

    /** How a device is: its newest status, if it ever told one. */
    public Optional<Status> status(String device) {
        return queries.all(STATUS, new Values().with("device", device), AnnouncementQueries::status).stream()
                .findFirst();
    }

    /** The configuration that a device reported last, if it ever did. */
    public Optional<Configuration> configuration(String device) {
        return queries
                .all(
                        CONFIGURATION,
                        new Values().with("device", device),
                        row -> new Configuration(
                                ReadingQueries.source(row), when(row), document(row.getString("document"))))
                .stream()
                .findFirst();
    }

    private static PlacedEvent event(ResultSet row) throws SQLException {
        @Nullable String details = row.getString("details");
        Event event = new Event(
                ReadingQueries.source(row),
                row.getString("name"),
                Event.Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
                row.getString("message"),
                when(row),
                document(details == null ? "{}" : details));
        return new PlacedEvent(
                row.getLong("id"), event, details == null ? Optional.empty() : Optional.of(event.details()));
    }

    private static Status status(ResultSet row) throws SQLException {
        Vitals vitals = new Vitals(
                row.getString("activity"),
                number(row, "uptime_s"),
                number(row, "rssi_dbm"),
                row.getString("firmware"),
                row.getString("model"));
        Status.State state = Status.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        return new Status(ReadingQueries.source(row), state, vitals, when(row), document(row.getString("details")));
    }

    private static When when(ResultSet row) throws SQLException {
        return new When(
                Instant.ofEpochMilli(row.getLong("said_at")),
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getInt("flags"));
    }

    private static Document document(String json) {
        return Document.ofChecked(json.getBytes(StandardCharsets.UTF_8));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
}

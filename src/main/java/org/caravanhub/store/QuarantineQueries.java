package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Asks what is in quarantine. */
public final class QuarantineQueries {
    private static final Sql PAGE = Sql.load("quarantine/page-quarantine");
    private static final Sql ONE = Sql.load("quarantine/select-quarantined");

    private final Queries queries;

    /**
     * A message in quarantine, with what was kept of its bytes.
     *
     * @param about what is known about it
     * @param payload its bytes; fewer than {@code about.size()} if it was too large to be kept whole
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Found(Quarantined about, byte[] payload) {}

    /** Questions on these connections. */
    public QuarantineQueries(Queries queries) {
        this.queries = queries;
    }

    /** A page, newest first, of what has a smaller number than {@code before}. */
    public List<Quarantined> page(Optional<String> device, Optional<String> cause, long before, int limit) {
        Values values = new Values()
                .with("device", device.orElse(null))
                .with("cause", cause.orElse(null))
                .with("before", before)
                .with("limit", limit);
        return queries.all(PAGE, values, QuarantineQueries::read);
    }

    /** The message of that number, if it is still there. */
    public Optional<Found> find(long id) {
        return queries
                .all(ONE, new Values().with("id", id), row -> new Found(read(row), row.getBytes("payload")))
                .stream()
                .findFirst();
    }

    private static Quarantined read(ResultSet row) throws SQLException {
        return new Quarantined(
                row.getLong("id"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getString("topic"),
                row.getLong("size"),
                row.getString("device"),
                row.getString("cause"),
                row.getString("reason"),
                row.getString("flow"),
                row.getString("step"));
    }
}

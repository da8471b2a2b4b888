package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks what is in quarantine. */
public final class QuarantineQueries {
    private static final Sql PAGE = Sql.load("quarantine/page-quarantine");
    private static final Sql ONE = Sql.load("quarantine/select-quarantined");

    private static final Sql SELECTED = Sql.load("quarantine/select-selected");
    private static final Sql COUNT = Sql.load("quarantine/count-selected");
    private static final Sql KINDS = Sql.load("quarantine/select-kinds");

    private final Queries queries;

    /**
     * A message in quarantine, with what was kept of its bytes.
     *
     * @param about what is known about it
     * @param payload its bytes; fewer than {@code about.size()} if it was too large to be kept whole
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Found(Quarantined about, byte[] payload) {}

    /**
     * How many messages are meant.
     *
     * @param upTo the largest of their numbers; 0 if there is none
     */
    public record Count(long count, long upTo) {}

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

    /** How many are meant, and up to which number: what comes later is larger. */
    public Count count(QuarantineSelection selection) {
        return queries.all(COUNT, everything(selection), row -> new Count(row.getLong("count"), row.getLong("up_to")))
                .get(0);
    }

    /** At most so many of those with a number from {@code after} (exclusive) to {@code upTo} (inclusive), in that order. */
    public List<Found> selected(QuarantineSelection selection, long after, long upTo, int limit) {
        Values values = selection
                .values(queries.dialect())
                .with("after", after)
                .with("up_to", upTo)
                .with("limit", limit);
        return queries.all(SELECTED, values, row -> new Found(read(row), row.getBytes("payload")));
    }

    /** Tells what is known of each that is meant, newest first. */
    public void forEach(QuarantineSelection selection, Consumer<Quarantined> visitor) {
        queries.all(KINDS, everything(selection), row -> {
            visitor.accept(read(row));
            return true;
        });
    }

    private Values everything(QuarantineSelection selection) {
        return selection.values(queries.dialect()).with("after", 0L).with("up_to", Long.MAX_VALUE);
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

package org.caravanhub.store;

import java.time.Instant;
import java.util.List;

/** Asks for the lowest and highest of each metric. */
public final class ExtremesQuery {
    private static final Sql EXTREMES = Sql.load("report/extremes");

    private final Queries queries;

    /** Questions on these connections. */
    public ExtremesQuery(Queries queries) {
        this.queries = queries;
    }

    /** The lowest and highest of one metric of one device. */
    public record Extremes(String device, String metric, double lowest, double highest) {}

    /** In order of device and metric, from the five minutes of this moment on; as far as they are summed up, so but for the last hour. */
    public List<Extremes> since(Instant from) {
        Values values = new Values().with("from", Math.floorDiv(from.toEpochMilli(), RolledSpans.FIVE_MINUTES));
        return queries.all(
                EXTREMES,
                values,
                row -> new Extremes(
                        row.getString("device"),
                        row.getString("metric"),
                        row.getDouble("lowest"),
                        row.getDouble("highest")));
    }
}

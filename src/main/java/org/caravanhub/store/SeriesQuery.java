package org.caravanhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.caravanhub.reading.Buckets;

/**
 * Asks for the numbers of one metric of one device, in buckets. What is in the roll-ups is taken from there, and the rest from raw
 * readings, so that the answer is the same whatever was rolled up already.
 */
public final class SeriesQuery {
    private static final Sql SPREAD = Sql.load("series/bucket-metric");
    private static final Sql LAST = Sql.load("series/bucket-metric-last");
    private static final Sql ENERGY = Sql.load("series/bucket-energy");
    private static final Sql FIVE_MINUTES = Sql.load("series/five-minutes");
    private static final Sql HOURS = Sql.load("series/hours");
    private static final Sql DAYS = Sql.load("series/days");
    private static final Sql GONE = Sql.load("series/select-gone");

    private final Queries queries;
    private final long gapMs;

    /** What is asked for beside mean, least and greatest, which cost the same. */
    private enum Part {
        SPREAD,
        LAST,
        ENERGY
    }

    /**
     * Questions on these connections.
     *
     * @param gap readings further apart than that have no energy between them
     */
    public SeriesQuery(Queries queries, Duration gap) {
        this.queries = queries;
        this.gapMs = gap.toMillis();
    }

    /** Whether narrower buckets than 5 minutes would be empty somewhere in this stretch, since its raw readings were let go. */
    public boolean isOnlySums(String device, Buckets buckets) {
        return buckets.widthMs() < RolledSpans.FIVE_MINUTES
                && !queries.all(
                                GONE,
                                new Values()
                                        .with("device", device)
                                        .with("from", buckets.fromMs())
                                        .with("to", buckets.toMs()),
                                row -> row.getInt("gone"))
                        .isEmpty();
    }

    /** Mean, smallest, largest, sum and count of each bucket. */
    public SeriesColumns spread(String device, String metric, Buckets buckets) {
        return ask(Part.SPREAD, device, metric, buckets);
    }

    /** The newest number of each bucket. */
    public double[] last(String device, String metric, Buckets buckets) {
        return ask(Part.LAST, device, metric, buckets).last();
    }

    /** Energy in Wh of each bucket, of a metric in W. */
    public double[] energy(String device, String metric, Buckets buckets) {
        return flow(device, metric, buckets).wattHours();
    }

    /** The same, and for how much of each bucket it is known. */
    EnergyColumns flow(String device, String metric, Buckets buckets) {
        return ask(Part.ENERGY, device, metric, buckets).energy();
    }

    private SeriesColumns ask(Part part, String device, String metric, Buckets buckets) {
        RolledSpans spans = RolledSpans.of(buckets);
        SeriesColumns columns = new SeriesColumns(buckets);
        Values values = values(device, metric, buckets, spans);
        switch (part) {
            case SPREAD -> queries.all(SPREAD, values, row -> columns.addSpread(row.getInt("bucket"), spread(row)));
            case LAST ->
                queries.all(
                        LAST,
                        values,
                        row -> columns.addLast(
                                row.getInt("bucket"), row.getDouble("last"), row.getLong("measured_at")));
            case ENERGY -> queries.all(ENERGY, values, row -> addEnergy(columns, row.getInt("bucket"), row));
        }
        addRolled(columns, values, spans);
        return columns;
    }

    private void addRolled(SeriesColumns columns, Values values, RolledSpans spans) {
        if (spans.hasFiveMinutes()) {
            queries.all(FIVE_MINUTES, values, row -> addRolled(columns, row));
        }
        if (spans.hasHours()) {
            queries.all(HOURS, values, row -> addRolled(columns, row));
        }
        if (spans.hasDays()) {
            Values days = values.with("first", spans.firstDay()).with("last", spans.lastDay());
            queries.all(DAYS, days, row -> addRolled(columns, row));
        }
    }

    private static boolean addRolled(SeriesColumns columns, ResultSet row) throws SQLException {
        int bucket = columns.bucketOf(row.getLong("starts_at"));
        columns.addSpread(bucket, spread(row));
        columns.addLast(bucket, row.getDouble("last"), row.getLong("last_at"));
        return addEnergy(columns, bucket, row);
    }

    private static boolean addEnergy(SeriesColumns columns, int bucket, ResultSet row) throws SQLException {
        double energy = row.getDouble("energy_wh");
        return row.wasNull() || columns.addEnergy(bucket, row.getString("sensor"), energy, row.getLong("covered_ms"));
    }

    private static SeriesColumns.Spread spread(ResultSet row) throws SQLException {
        return new SeriesColumns.Spread(
                row.getLong("count"), row.getDouble("sum"), row.getDouble("min"), row.getDouble("max"));
    }

    private Values values(String device, String metric, Buckets buckets, RolledSpans spans) {
        return new Values()
                .with("device", device)
                .with("metric", metric)
                .with("from", buckets.fromMs())
                .with("to", buckets.toMs())
                .with("origin", buckets.originMs())
                .with("bucket_ms", buckets.widthMs())
                .with("gap_ms", gapMs)
                .with("span_ms", spans.spanMs())
                .with("first", spans.first())
                .with("last", spans.last())
                .with("first_day", spans.firstDay())
                .with("last_day", spans.lastDay())
                .with("marks", spans.marks());
    }
}

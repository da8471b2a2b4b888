package org.caravanhub.store;

import java.util.Arrays;
import org.caravanhub.reading.Buckets;

/** Asks for the numbers of one metric of one device, in buckets. */
public final class SeriesQuery {
    private static final Sql SPREAD = Sql.load("series/bucket-metric");
    private static final Sql LAST = Sql.load("series/bucket-metric-last");

    private final Queries queries;

    /**
     * One value for each bucket; NaN where there is no number. Never leaves this process: JSON says null there.
     *
     * @param avg the mean
     * @param min the smallest
     * @param max the largest
     */
    @SuppressWarnings("ArrayRecordComponent") // columns are compared by nobody
    public record Columns(double[] avg, double[] min, double[] max) {}

    /** Questions on these connections. */
    public SeriesQuery(Queries queries) {
        this.queries = queries;
    }

    /** Mean, smallest and largest of each bucket. */
    public Columns spread(String device, String metric, Buckets buckets) {
        Columns columns = new Columns(gaps(buckets), gaps(buckets), gaps(buckets));
        queries.all(SPREAD, values(device, metric, buckets), row -> {
            int bucket = row.getInt("bucket");
            columns.avg[bucket] = finite(row.getDouble("avg"));
            columns.min[bucket] = row.getDouble("min");
            columns.max[bucket] = row.getDouble("max");
            return bucket;
        });
        return columns;
    }

    /** The newest number of each bucket. */
    public double[] last(String device, String metric, Buckets buckets) {
        double[] last = gaps(buckets);
        queries.all(LAST, values(device, metric, buckets), row -> {
            last[row.getInt("bucket")] = row.getDouble("last");
            return last;
        });
        return last;
    }

    private static Values values(String device, String metric, Buckets buckets) {
        return new Values()
                .with("device", device)
                .with("metric", metric)
                .with("from", buckets.fromMs())
                .with("to", buckets.toMs())
                .with("origin", buckets.originMs())
                .with("bucket_ms", buckets.widthMs());
    }

    /** The mean of numbers that are too large to add up is not known. */
    private static double finite(double mean) {
        return Double.isFinite(mean) ? mean : Double.NaN;
    }

    private static double[] gaps(Buckets buckets) {
        double[] column = new double[buckets.count()];
        Arrays.fill(column, Double.NaN);
        return column;
    }
}

package org.caravanhub.store;

import java.util.Arrays;
import org.caravanhub.reading.Buckets;

/**
 * One value for each bucket of a series; NaN where there is no number. Filled from raw readings and roll-ups in any order. Never leaves
 * this process: JSON says null there.
 */
public final class SeriesColumns {
    private final Buckets buckets;
    private final double[] count;
    private final double[] sum;
    private final double[] min;
    private final double[] max;
    private final double[] last;
    private final long[] lastAt;
    private final EnergyColumns energy;

    /**
     * What several numbers come to.
     *
     * @param count how many there are, at least one
     * @param sum of all
     * @param min the smallest
     * @param max the largest
     */
    record Spread(long count, double sum, double min, double max) {}

    SeriesColumns(Buckets buckets) {
        this.buckets = buckets;
        this.count = gaps();
        this.sum = gaps();
        this.min = gaps();
        this.max = gaps();
        this.last = gaps();
        this.lastAt = new long[buckets.count()];
        this.energy = new EnergyColumns(buckets);
    }

    int bucketOf(long startsAt) {
        return Math.toIntExact((startsAt - buckets.originMs()) / buckets.widthMs());
    }

    boolean addSpread(int bucket, Spread spread) {
        boolean isFirst = Double.isNaN(count[bucket]);
        count[bucket] = isFirst ? spread.count : count[bucket] + spread.count;
        sum[bucket] = isFirst ? spread.sum : sum[bucket] + spread.sum;
        min[bucket] = isFirst ? spread.min : Math.min(min[bucket], spread.min);
        max[bucket] = isFirst ? spread.max : Math.max(max[bucket], spread.max);
        return isFirst;
    }

    boolean addLast(int bucket, double value, long at) {
        boolean isNewer = Double.isNaN(last[bucket]) || at >= lastAt[bucket];
        if (isNewer) {
            last[bucket] = value;
            lastAt[bucket] = at;
        }
        return isNewer;
    }

    boolean addEnergy(int bucket, String sensor, double wattHours, long coveredMs) {
        energy.add(bucket, sensor, wattHours, coveredMs);
        return true;
    }

    /** How many numbers there are. */
    public double[] count() {
        return count;
    }

    /** What they add up to; not known if that is too large. */
    public double[] sum() {
        return Arrays.stream(sum).map(SeriesColumns::finite).toArray();
    }

    /** The mean; not known if the sum is too large. */
    public double[] avg() {
        double[] avg = gaps();
        for (int bucket = 0; bucket < avg.length; bucket++) {
            avg[bucket] = finite(sum[bucket] / count[bucket]);
        }
        return avg;
    }

    /** The smallest. */
    public double[] min() {
        return min;
    }

    /** The largest. */
    public double[] max() {
        return max;
    }

    /** The newest. */
    public double[] last() {
        return last;
    }

    /** Energy, and for how much of the time it is known. */
    EnergyColumns energy() {
        return energy;
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private double[] gaps() {
        double[] column = new double[buckets.count()];
        Arrays.fill(column, Double.NaN);
        return column;
    }
}

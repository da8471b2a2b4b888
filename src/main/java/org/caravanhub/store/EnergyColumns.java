package org.caravanhub.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.caravanhub.reading.Buckets;

/**
 * The energy of each bucket, and for how much of it that is known. What several sensors of a device measure adds up. One sensor that is
 * heard in two ways at the same time, of a cloud and of a bridge, does not flow twice: no more time is covered than there is.
 */
final class EnergyColumns {
    private static final long HOUR = 3_600_000;

    private final Buckets buckets;
    private final Map<String, Sensor> sensors = new LinkedHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Sensor(double[] wattHours, long[] coveredMs) {}

    EnergyColumns(Buckets buckets) {
        this.buckets = buckets;
    }

    void add(int bucket, String sensor, double wattHours, long coveredMs) {
        Sensor all = sensors.computeIfAbsent(sensor, first -> new Sensor(gaps(), new long[buckets.count()]));
        all.wattHours[bucket] = Double.isNaN(all.wattHours[bucket]) ? wattHours : all.wattHours[bucket] + wattHours;
        all.coveredMs[bucket] += coveredMs;
    }

    /** In Wh; NaN where nothing is known. */
    double[] wattHours() {
        double[] sum = gaps();
        for (Sensor sensor : sensors.values()) {
            for (int bucket = 0; bucket < sum.length; bucket++) {
                double one = sensor.wattHours[bucket] * share(sensor.coveredMs[bucket]);
                if (!Double.isNaN(one)) {
                    sum[bucket] = Double.isNaN(sum[bucket]) ? one : sum[bucket] + one;
                }
            }
        }
        return sum;
    }

    /** For how many milliseconds of each bucket anything is known. */
    long[] coveredMs() {
        long[] most = new long[buckets.count()];
        for (Sensor sensor : sensors.values()) {
            for (int bucket = 0; bucket < most.length; bucket++) {
                most[bucket] = Math.max(most[bucket], Math.min(sensor.coveredMs[bucket], buckets.widthMs()));
            }
        }
        return most;
    }

    /** What of the energy counts. Only at full hours is energy cut, so that narrower buckets may cover more than themselves. */
    private double share(long coveredMs) {
        return buckets.widthMs() % HOUR == 0 && coveredMs > buckets.widthMs()
                ? (double) buckets.widthMs() / coveredMs
                : 1;
    }

    private double[] gaps() {
        double[] column = new double[buckets.count()];
        Arrays.fill(column, Double.NaN);
        return column;
    }
}

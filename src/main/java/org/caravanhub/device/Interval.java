package org.caravanhub.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How often a device usually speaks, learned from when its last messages arrived. */
public final class Interval {
    private static final int FEWEST_GAPS = 3;
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private Interval() {}

    /**
     * The median of the gaps, at least ten seconds, so that a device that speaks ten times a second is not lost at once.
     *
     * @param arrivals receive times in milliseconds since 1970, in any order; equal ones are one message of several readings
     * @return empty if there are fewer than three gaps
     */
    public static Optional<Duration> usual(long[] arrivals) {
        long[] times = Arrays.stream(arrivals).sorted().distinct().toArray();
        if (times.length <= FEWEST_GAPS) {
            return Optional.empty();
        }
        long[] gaps = new long[times.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        Arrays.sort(gaps);
        Duration median = Duration.ofMillis(gaps[gaps.length / 2]);
        return Optional.of(median.compareTo(SHORTEST) < 0 ? SHORTEST : median);
    }
}

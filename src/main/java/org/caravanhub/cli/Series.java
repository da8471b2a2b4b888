package org.caravanhub.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One metric of one device over time, in buckets of equal width, as {@code GET /api/v1/series?agg=minmax} tells it.
 *
 * @param buckets oldest first; those in which nothing was measured are not among them
 * @param from where the first bucket of the answer begins
 * @param bucketMillis how wide a bucket is
 * @param count how many buckets the answer has, with the empty ones
 */
record Series(List<Bucket> buckets, Instant from, long bucketMillis, int count) {
    /** What was measured in one span of time. */
    record Bucket(Instant time, int index, double min, double avg, double max) {}

    static Series of(Json answer) {
        List<Json> times = answer.member("t").items();
        List<Json> all = answer.member("series").items();
        List<Bucket> buckets = new ArrayList<>();
        if (!all.isEmpty()) {
            List<Json> min = all.get(0).member("min").items();
            List<Json> avg = all.get(0).member("avg").items();
            List<Json> max = all.get(0).member("max").items();
            for (int i = 0; i < times.size() && i < avg.size(); i++) {
                if (avg.get(i).asNumber().isPresent()) {
                    double middle = avg.get(i).asNumber().orElseThrow();
                    buckets.add(new Bucket(
                            time(times.get(i)),
                            i,
                            min.get(i).asNumber().orElse(middle),
                            middle,
                            max.get(i).asNumber().orElse(middle)));
                }
            }
        }
        Instant from = times.isEmpty() ? Instant.EPOCH : time(times.get(0));
        return new Series(buckets, from, answer.number("bucket_ms"), times.size());
    }

    private static Instant time(Json millis) {
        return Instant.ofEpochMilli(millis.asNumber().orElse(0.0).longValue());
    }
}

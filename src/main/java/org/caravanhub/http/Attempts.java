package org.caravanhub.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How often somebody may be wrong: so many times at once, then one more each few seconds. Of a bounded number of names the latest are
 * remembered. Safe for use by many threads.
 */
public final class Attempts {
    private static final int MOST_NAMES = 1000;

    private final int most;
    private final double perNano;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_NAMES;
        }
    };

    /** What is left of somebody's attempts. */
    private static final class Bucket {
        double left;
        long at;
    }

    /** So many wrong ones a minute. */
    public Attempts(int perMinute) {
        this.most = perMinute;
        this.perNano = perMinute / 60e9;
    }

    /** After how many seconds this one may try again; empty if now. */
    public synchronized OptionalInt pause(String name, long now) {
        Bucket bucket = buckets.get(name);
        if (bucket == null || refilled(bucket, now).left >= 1) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) Math.ceil((1 - bucket.left) / perNano / 1e9));
    }

    /** It was wrong. */
    public synchronized void failed(String name, long now) {
        Bucket bucket = buckets.computeIfAbsent(name, first -> {
            Bucket full = new Bucket();
            full.left = most;
            full.at = now;
            return full;
        });
        refilled(bucket, now).left = Math.max(0, bucket.left - 1);
    }

    private Bucket refilled(Bucket bucket, long now) {
        bucket.left = Math.min(most, bucket.left + (now - bucket.at) * perNano);
        bucket.at = now;
        return bucket;
    }
}

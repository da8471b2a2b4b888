package org.caravanhub.notice;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which notices were told of late, so that the same is not told too often. Forgotten at a restart. Safe for several threads. */
final class Repeats {
    private static final int MOST = 10_000;

    private final Map<String, Long> toldAtNanos = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Whether this may be told now; if so, it counts as told. */
    synchronized boolean isDue(String name, String device, Duration again, long nowNanos) {
        String key = name + " " + device;
        Long before = toldAtNanos.get(key);
        if (before != null && nowNanos - before < again.toNanos()) {
            return false;
        }
        toldAtNanos.put(key, nowNanos);
        return true;
    }
}

package org.caravanhub.upkeep;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Upkeep that waits while power is short, each flow for at most {@link #LONGEST}: then it runs all the same, and waits anew. Counted is from
 * when power became short, by a clock that nobody sets. Safe for use by many threads.
 */
public final class PutOff {
    /** Upkeep of a day is late by a day at most. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** A schedule that fires a little early is not late by another turn for that. */
    private static final Duration EARLY = Duration.ofMinutes(10);

    private final Supplier<Optional<Duration>> shortFor;
    private final LongSupplier nanos;
    private final Map<String, Long> from = new HashMap<>();
    private final Set<String> waiting = new TreeSet<>();

    /**
     * By this.
     *
     * @param shortFor for how long power has been short; empty if it is not
     * @param nanos a clock that nobody sets: {@code System::nanoTime}
     */
    public PutOff(Supplier<Optional<Duration>> shortFor, LongSupplier nanos) {
        this.shortFor = shortFor;
        this.nanos = nanos;
    }

    /** Whether this flow waits, now that it is its time; if not, it is taken to run. */
    public boolean waits(String flow) {
        Optional<Duration> span = shortFor.get();
        return span.isPresent() && waits(flow, nanos.getAsLong(), span.get());
    }

    private synchronized boolean waits(String flow, long now, Duration span) {
        long began = from.computeIfAbsent(flow, first -> now - span.toNanos());
        boolean isLongEnough = now - began >= LONGEST.minus(EARLY).toNanos();
        if (isLongEnough) {
            from.put(flow, now);
            waiting.remove(flow);
        } else {
            waiting.add(flow);
        }
        return !isLongEnough;
    }

    /** Which wait. */
    public synchronized Set<String> waiting() {
        return Set.copyOf(waiting);
    }

    /** Power is there again: those that waited, to be run now. */
    public synchronized Set<String> over() {
        Set<String> late = new TreeSet<>(waiting);
        waiting.clear();
        from.clear();
        return late;
    }
}

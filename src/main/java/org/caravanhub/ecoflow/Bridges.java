package org.caravanhub.ecoflow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.caravanhub.live.LiveReading;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.Reading;

/**
 * Which stations a bridge tells of, so that nobody has to ask the cloud: what is near is newer, and costs nothing on a metered link. Waits for
 * nobody: it is told on the writer's thread. Safe for several threads.
 */
public final class Bridges {
    private static final int MOST = 256;

    /** Somebody who tells less than that does not stand for the cloud. */
    private static final List<String> TOLD = List.of("bridge", "soc_percent");

    private final Supplier<Duration> fresh;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    /**
     * Nobody was heard yet.
     *
     * @param fresh for how long a bridge counts as telling of a station; longer while all are to tell less often
     * @param nanos a clock that nobody sets: {@code System::nanoTime}
     */
    public Bridges(Supplier<Duration> fresh, Clock clock, LongSupplier nanos) {
        this.fresh = fresh;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Notes a reading that was kept, if a bridge told it, with the charge, and it is how the station is now. */
    public void heard(Reading reading) {
        if (!reading.source().family().equals(EcoFlow.FAMILY) || reading.has(Flag.RETAINED)) {
            return;
        }
        LiveReading told = LiveReading.of(reading);
        Instant oldest = clock.instant().minus(fresh.get());
        boolean isNow = !told.time().isBefore(oldest) && !reading.receivedAt().isBefore(oldest);
        if (isNow && told.has(TOLD) && (heard.size() < MOST || heard.containsKey(told.device()))) {
            heard.put(told.device(), nanos.getAsLong());
        }
    }

    /** Whether a bridge tells of this station now. */
    boolean tellOf(Station station) {
        Long last = heard.get(station.device());
        return last != null && nanos.getAsLong() - last < fresh.get().toNanos();
    }
}

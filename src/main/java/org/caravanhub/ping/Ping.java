package org.caravanhub.ping;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.caravanhub.ping.RoundTrip.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a round trip again and again, on a thread of its own. Nothing of it is written anywhere. Safe for use by many threads. */
public final class Ping implements AutoCloseable {
    /** What somebody waits for who looks now and then. */
    public static final Duration USUAL_PACE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Ping.class);
    private static final Duration LONGEST_TRIP = Duration.ofSeconds(15);
    /** One that was lost is tried again soon: the hub may have had much to do, or has just connected. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final RoundTrip trip;
    private final Duration pace;
    private final List<Consumer<Result>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final long beganNanos = System.nanoTime();
    private volatile Optional<State> last = Optional.empty();

    /**
     * How the last one went.
     *
     * @param result what came of it
     * @param took how long it was on its way; if it is lost, how long was waited for it
     * @param lost how many were lost without one that came back since
     * @param atNanos when it ended, by {@link System#nanoTime()}
     */
    public record State(Result result, Duration took, int lost, long atNanos) {}

    /**
     * One that has not begun.
     *
     * @param pace from the beginning of one trip to the next
     */
    public Ping(RoundTrip trip, Duration pace) {
        this.trip = trip;
        this.pace = pace;
        this.thread = new Thread(this::go, "ping");
        thread.setDaemon(true);
    }

    /** Tells each result, on the thread of the ping. */
    public void listen(Consumer<Result> listener) {
        listeners.add(listener);
    }

    /** Makes the first trip now, and goes on. */
    public void begin() {
        thread.start();
    }

    /** How the last one went; nothing before the first has ended. */
    public Optional<State> last() {
        return last;
    }

    /** How often one is made. */
    public Duration pace() {
        return pace;
    }

    /** When it began, by {@link System#nanoTime()}. */
    long beganNanos() {
        return beganNanos;
    }

    private void go() {
        Duration limit = pace.compareTo(LONGEST_TRIP) < 0 ? pace : LONGEST_TRIP;
        try {
            while (true) {
                long start = System.nanoTime();
                Result result = trip.make(limit);
                note(result, System.nanoTime() - start);
                listeners.forEach(listener -> listener.accept(result));
                Duration next = result == Result.LOST && AGAIN.compareTo(pace) < 0 ? AGAIN : pace;
                TimeUnit.NANOSECONDS.sleep(next.toNanos() - (System.nanoTime() - start));
            }
        } catch (InterruptedException e) {
            LOG.debug("ping ends");
        }
    }

    private void note(Result result, long nanos) {
        Result before = last.map(State::result).orElse(Result.BACK);
        int lost = result == Result.LOST ? last.map(State::lost).orElse(0) + 1 : 0;
        last = Optional.of(new State(result, Duration.ofNanos(nanos), lost, System.nanoTime()));
        if (before != result) {
            LOG.info("ping={} was={} took_ms={}", result, before, TimeUnit.NANOSECONDS.toMillis(nanos));
        }
    }

    @Override
    public void close() throws Exception {
        thread.interrupt();
        if (trip instanceof AutoCloseable closes) {
            closes.close();
        }
    }
}

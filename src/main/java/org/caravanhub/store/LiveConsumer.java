package org.caravanhub.store;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.caravanhub.live.LiveReading;
import org.caravanhub.live.LiveValue;
import org.caravanhub.live.Told;
import org.caravanhub.reading.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes exchanges of what was committed, on a thread of its own, so that a slow flow holds up nobody. At most once: what waits when
 * the flow stops is not told. What crosses a limit is told one after the other, and once more by the next value if the flow fails; of the
 * rest up to a hundred may be under way at once.
 */
final class LiveConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConsumer.class);
    private static final int MOST_UNDER_WAY = 100;
    /** A slow card takes a second to write; it costs time only where a flow hangs. */
    private static final long NOTED_MILLIS = 2_000;

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final StoreEndpoint endpoint;
    private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
    private @Nullable LiveQueue queue;
    private @Nullable Thread worker;
    private long toldLeftOut;
    private long toldAtNanos = System.nanoTime() - MINUTE_NANOS;

    LiveConsumer(StoreEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        String flow = Objects.requireNonNullElse(getRouteId(), "unknown");
        LiveQueue opened = new LiveQueue(flow, endpoint.getLive().wanted());
        queue = opened;
        Thread started = new Thread(() -> work(opened, crossing(flow)), "store-" + flow);
        started.setDaemon(true);
        worker = started;
        started.start();
        endpoint.component().live().add(opened);
    }

    /** Tells nothing more; what is under way goes on, and is waited for by whoever stops the flow. */
    @Override
    protected void doStop() throws Exception {
        LiveQueue closed = queue;
        if (closed != null) {
            endpoint.component().live().remove(closed);
            closed.close();
        }
        super.doStop();
    }

    /** What was told last is noted before another version of the flow looks; whatever is still under way then has hung. */
    @Override
    protected void doShutdown() throws Exception {
        Thread left = worker;
        if (left != null) {
            left.join(NOTED_MILLIS);
            left.interrupt();
        }
        super.doShutdown();
    }

    private Optional<WatchedLimit> crossing(String flow) {
        LiveConfiguration live = endpoint.getLive();
        return endpoint.getWhat() == StoreEndpoint.What.VALUE && live.limit().isSet()
                ? Optional.of(new WatchedLimit(
                        flow,
                        live,
                        endpoint.component().crossings(),
                        endpoint.component().clock()))
                : Optional.empty();
    }

    private void work(LiveQueue from, Optional<WatchedLimit> limit) {
        try {
            for (Optional<Reading> next = from.take(); next.isPresent(); next = from.take()) {
                tell(next.get(), limit);
                tellLeftOut(from.state());
            }
            limit.ifPresent(WatchedLimit::save);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Reading reading, Optional<WatchedLimit> limit) throws InterruptedException {
        try {
            if (limit.isPresent()) {
                tellCrossing(reading, limit.get());
            } else if (endpoint.getWhat() == StoreEndpoint.What.VALUE) {
                Optional<LiveValue> value =
                        LiveValue.of(reading, endpoint.getLive().metricName());
                if (value.isPresent()) {
                    submit(value.get(), reading);
                }
            } else {
                LiveReading told = LiveReading.of(reading);
                if (told.has(endpoint.getLive().metricNames())) {
                    submit(told, reading);
                }
            }
        } catch (RuntimeException e) { // ours; the next reading must be told all the same
            getExceptionHandler().handleException("a reading could not be told", e);
        }
    }

    private void tellCrossing(Reading reading, WatchedLimit limit) {
        Optional<LiveValue> crossed = limit.look(reading);
        if (crossed.isPresent()
                && (!crossed.get().recovered() || endpoint.getLive().isRecovered())) {
            Exchange exchange = exchange(crossed.get(), reading);
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            if (exchange.getException() != null) {
                limit.notTold(crossed.get());
            }
            over(exchange);
        }
        limit.save();
    }

    private void submit(Told told, Reading reading) throws InterruptedException {
        room.acquire();
        Exchange exchange = exchange(told, reading);
        getAsyncProcessor().process(exchange, sync -> {
            room.release();
            over(exchange);
        });
    }

    private Exchange exchange(Told told, Reading reading) {
        Exchange exchange = createExchange(false);
        StoreEndpoint.fill(exchange, told, reading.receivedAt());
        return exchange;
    }

    private void over(Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure != null) {
            getExceptionHandler().handleException("a flow that starts from store: failed", exchange, failure);
        }
        releaseExchange(exchange, false);
    }

    private void tellLeftOut(LiveState state) {
        if (state.leftOut() > toldLeftOut && System.nanoTime() - toldAtNanos >= MINUTE_NANOS) {
            LOG.warn(
                    "flow={} left-out={} \"it is too slow for what is kept; the oldest readings were not told to it\"",
                    state.flow(),
                    state.leftOut() - toldLeftOut);
            toldLeftOut = state.leftOut();
            toldAtNanos = System.nanoTime();
        }
    }
}

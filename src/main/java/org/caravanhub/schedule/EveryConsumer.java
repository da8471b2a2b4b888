package org.caravanhub.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the next time and runs the flow, on one thread of its own: a flow that hangs holds up no other, and runs do not overlap.
 * Periods are measured by a clock that nobody can set. For times of the day it looks at the wall clock every twenty seconds; when that was
 * set, the next time is reckoned anew, and what it jumped over is not run.
 */
final class EveryConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(EveryConsumer.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration JUMP = Duration.ofSeconds(30);

    private final EveryEndpoint endpoint;
    private final Clock clock;
    private @Nullable Thread worker;
    private boolean running;
    private boolean lookBack;
    private boolean isHurried;
    private long hurriedNanos;

    EveryConsumer(EveryEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.clock = endpoint.component().clock();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        synchronized (this) {
            running = true;
            lookBack = endpoint.isCatchingUp();
        }
        Thread started = new Thread(this::work, "every-" + getRouteId());
        started.setDaemon(true);
        worker = started;
        endpoint.component().add(this);
        started.start();
    }

    /** Starts no more runs; one that goes on is waited for by whoever stops the flow. */
    @Override
    protected void doStop() throws Exception {
        endpoint.component().remove(this);
        synchronized (this) {
            running = false;
            notifyAll();
        }
        super.doStop();
    }

    /** Whatever is still under way has hung. */
    @Override
    protected void doShutdown() throws Exception {
        Thread left = worker;
        if (left != null) {
            left.interrupt();
        }
        super.doShutdown();
    }

    /** Whether something was missed is to be asked, now or again. */
    void lookBack() {
        setLookBack(endpoint.isCatchingUp());
    }

    /** Runs a flow with a period already then, if its time would come later. */
    synchronized void hurry(Duration in) {
        if (endpoint.timing() instanceof Timing.Period) {
            long then = System.nanoTime() + in.toNanos();
            hurriedNanos = isHurried && hurriedNanos - then < 0 ? hurriedNanos : then;
            isHurried = true;
            notifyAll();
        }
    }

    /** When it runs next: then, or sooner if somebody wants it. */
    private synchronized long orSooner(long next) {
        long then = isHurried && hurriedNanos - next < 0 ? hurriedNanos : next;
        isHurried = false;
        return then;
    }

    private synchronized void setLookBack(boolean isTo) {
        lookBack = isTo;
        notifyAll();
    }

    private void work() {
        try {
            Timing timing = endpoint.timing();
            if (timing instanceof Timing.Period period) {
                runEach(period.length());
            } else if (timing instanceof Timing.Calendar calendar) {
                runAt(calendar, endpoint.zoneId());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runEach(Duration period) throws InterruptedException {
        long next = System.nanoTime() + Math.min(period.toNanos(), FIRST_NANOS);
        while (await(next)) {
            next = orSooner(next);
            if (System.nanoTime() - next < 0) {
                continue;
            }
            run(clock.instant());
            long late = System.nanoTime() - next;
            long periods = 1 + Math.max(0, late / period.toNanos());
            if (periods > 1) {
                LOG.info("flow={} skipped={} \"the run before took longer than its period\"", flow(), periods - 1);
            }
            next += periods * period.toNanos();
        }
    }

    private void runAt(Timing.Calendar calendar, ZoneId zone) throws InterruptedException {
        Instant next = calendar.next(clock.instant(), zone);
        long lookBackAt = System.nanoTime() + endpoint.component().soon().toNanos();
        Instant wall = clock.instant();
        long nanos = System.nanoTime();
        while (await(System.nanoTime() + lookIn(next, lookBackAt))) {
            Instant now = clock.instant();
            Duration off = Duration.between(wall.plusNanos(System.nanoTime() - nanos), now)
                    .abs();
            wall = now;
            nanos = System.nanoTime();
            if (off.compareTo(JUMP) > 0) {
                next = calendar.next(now, zone);
            } else if (!now.isBefore(next)) {
                runAndNote(next);
                next = calendar.next(later(next, clock.instant()), zone);
                wall = clock.instant();
                nanos = System.nanoTime();
            } else if (isToLookBack() && System.nanoTime() - lookBackAt >= 0) {
                missed(calendar, zone).ifPresent(this::runAndNote);
            }
        }
    }

    private long lookIn(Instant next, long lookBackAt) {
        long nanos = Math.max(0, Math.min(LOOK_NANOS, nanosUntil(next)));
        return isToLookBack() ? Math.max(0, Math.min(nanos, lookBackAt - System.nanoTime())) : nanos;
    }

    private long nanosUntil(Instant next) {
        Duration left = Duration.between(clock.instant(), next);
        return left.compareTo(Duration.ofDays(1)) > 0 ? LOOK_NANOS : left.toNanos();
    }

    /** The first time that was missed, if one was; if the database does not tell, it is asked again. */
    private Optional<Instant> missed(Timing.Calendar calendar, ZoneId zone) throws InterruptedException {
        // Before it is asked: the clock may be put right meanwhile, and then it is to be asked again.
        setLookBack(false);
        Instant now = clock.instant();
        try {
            Instant last = endpoint.component().memory().lastPlanned(flow(), now);
            Instant due = calendar.next(last, zone);
            if (due.isAfter(now)) {
                return Optional.empty();
            }
            LOG.info("flow={} schedule=missed last={} \"it runs now\"", flow(), last);
            return Optional.of(due);
        } catch (RuntimeException e) { // the database is away
            setLookBack(true);
            await(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
            return Optional.empty();
        }
    }

    private void runAndNote(Instant planned) {
        run(planned);
        if (endpoint.isCatchingUp()) {
            endpoint.component().memory().ran(flow(), planned, clock.instant());
        } else {
            endpoint.component().memory().takeFailure(flow());
        }
    }

    private void run(Instant planned) {
        Exchange exchange = createExchange(false);
        endpoint.fill(exchange, planned);
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            getExceptionHandler()
                    .handleException("a flow that starts from every: failed", exchange, exchange.getException());
        }
        releaseExchange(exchange, false);
    }

    /** Waits until then; false if the flow was stopped meanwhile. */
    private synchronized boolean await(long untilNanos) throws InterruptedException {
        boolean wasAskedBack = lookBack;
        long left = untilNanos - System.nanoTime();
        while (running && left > 0 && wasAskedBack == lookBack && !isHurried) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = untilNanos - System.nanoTime();
        }
        return running;
    }

    private synchronized boolean isToLookBack() {
        return lookBack;
    }

    private String flow() {
        return Objects.requireNonNullElse(getRouteId(), "unknown");
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

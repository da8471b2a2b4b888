package org.caravanhub.ota;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.caravanhub.device.RegistryListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the open rollouts every fifteen seconds, and sooner when something happened or a plan is in a hurry. While none is open there is no thread and nothing
 * is asked. A database that is away is tried again. Safe for use by many threads.
 */
final class RolloutRounds implements RegistryListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutRounds.class);
    static final Duration EVERY = Duration.ofSeconds(15);
    /** What happens together is looked at together. */
    private static final Duration SOON = Duration.ofMillis(500);
    /** A round that comes later than that was held up; what devices did meanwhile is not known. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Round round;
    private final Orphans orphans;
    private final BooleanSupplier hears;
    private final LongSupplier nanos;
    private final ScheduledThreadPoolExecutor thread;
    private volatile Set<String> asleep = Set.of();

    // Guarded by this.
    private @Nullable ScheduledFuture<?> next;
    private boolean isStarted;

    // On the thread of the rounds only.
    private long lookedNanos;
    private boolean hasLooked;
    private boolean isAway;
    private volatile boolean isToChoose;

    /** Ends what belongs to a device that is gone. */
    interface Orphans {
        void end(String device);
    }

    /**
     * Rounds that have not begun.
     *
     * @param hears whether what devices say can be heard now
     * @param nanos time that nobody can set
     */
    RolloutRounds(Round round, Orphans orphans, BooleanSupplier hears, LongSupplier nanos) {
        this.round = round;
        this.orphans = orphans;
        this.hears = hears;
        this.nanos = nanos;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "rollouts");
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Looks whether a rollout was left open; when the flows run. */
    synchronized void begin() {
        isStarted = true;
        in(SOON);
    }

    /** Looks soon: something happened that may change a rollout. Quick; nothing before the beginning. */
    synchronized void wake() {
        if (isStarted) {
            in(SOON);
        }
    }

    /** A device was heard that waits to be told of its offer. Quick. */
    void heard(String device) {
        if (asleep.contains(device)) {
            wake();
        }
    }

    @Override
    public void changed(String device) {
        isToChoose = true;
        wake();
    }

    @Override
    public void changed(Collection<String> devices) {
        isToChoose = true;
        wake();
    }

    @Override
    public void removed(String device) {
        orphans.end(device);
        changed(device);
    }

    private synchronized void in(Duration delay) {
        ScheduledFuture<?> planned = next;
        if (planned != null && !planned.isDone() && planned.getDelay(TimeUnit.MILLISECONDS) <= delay.toMillis()) {
            return;
        }
        if (planned != null) {
            planned.cancel(false);
        }
        try {
            next = thread.schedule(this::lookAndGoOn, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("rollouts end");
        }
    }

    private void lookAndGoOn() {
        synchronized (this) {
            next = null;
        }
        boolean isOpen = true;
        try {
            isOpen = look();
            note(null);
        } catch (RuntimeException e) {
            note(e);
        }
        if (isOpen) {
            in(round.pace());
        }
    }

    /** One round; whether a rollout is open. */
    boolean look() {
        long now = nanos.getAsLong();
        Duration passed = hasLooked ? Duration.ofNanos(now - lookedNanos) : Duration.ZERO;
        lookedNanos = now;
        hasLooked = true;
        if (isToChoose) {
            isToChoose = false;
            round.chooseAgain();
        }
        Duration elapsed = passed.compareTo(LONGEST) > 0 ? LONGEST : passed;
        Optional<Set<String>> waiting = round.look(hears.getAsBoolean() ? elapsed : Duration.ZERO);
        asleep = waiting.orElse(Set.of());
        hasLooked = waiting.isPresent();
        return waiting.isPresent();
    }

    private void note(@Nullable RuntimeException e) {
        if (e != null && !isAway) {
            LOG.warn("rollouts=not-looked-at reason=\"{}\" \"tried again\"", e.toString());
        } else if (e == null && isAway) {
            LOG.info("rollouts=looked-at");
        }
        isAway = e != null;
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
            LOG.warn("rollouts=still-looking");
        }
    }
}

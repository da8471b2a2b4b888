package org.caravanhub.power;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what follows from a profile, on one thread: those who need to know are told of each change, and devices are told by the broker; when it
 * changes, at the start, and whenever the broker can be reached again, since it may have lost what it kept.
 */
public final class ProfileNews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileNews.class);
    private static final long FIRST_PAUSE_MILLIS = 2_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;
    private static final Duration STOP = Duration.ofSeconds(2);

    private final PowerWatch watch;
    private final List<Listener> listeners;
    private final Consumer<PowerState> outlet;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean isToPublish = new AtomicBoolean(true);
    private volatile boolean hasBegun;
    private volatile boolean isPublishing;

    // On the thread only.
    private Optional<Profile> told = Optional.empty();
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private String trouble = "";

    /** Is told of changes, and may take some seconds. */
    @FunctionalInterface
    public interface Listener {
        /** @param before what it was; empty at the start */
        void changed(Optional<Profile> before, PowerState now);
    }

    /**
     * News of this.
     *
     * @param listeners are told in this order; the mistake of one is not felt by the others
     * @param outlet publishes, retained, and waits until the broker has it; throws {@link RuntimeException} if it does not say so
     */
    public ProfileNews(PowerWatch watch, List<Listener> listeners, Consumer<PowerState> outlet) {
        this.watch = watch;
        this.listeners = List.copyOf(listeners);
        this.outlet = outlet;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "power-profile");
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(10, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    /** Tells how it is now, and from now on what changes; when the flows run. */
    public void begin() {
        hasBegun = true;
        soon();
    }

    /** Does this every so often on the same thread. */
    public void each(Duration time, Runnable work) {
        thread.scheduleWithFixedDelay(work, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The profile has changed. Quick. */
    public void changed() {
        soon();
    }

    /** The broker can be reached: it is told again, unless it is being told just now. Quick. */
    public void reached() {
        if (!isPublishing) {
            isToPublish.set(true);
            soon();
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("power=still-telling");
        }
    }

    private void soon() {
        if (!hasBegun) {
            return;
        }
        try {
            thread.execute(this::work);
        } catch (RejectedExecutionException e) {
            LOG.debug("power=stopped", e);
        }
    }

    private void work() {
        PowerState now = watch.now();
        if (told.filter(now.profile()::equals).isEmpty()) {
            Optional<Profile> before = told;
            told = Optional.of(now.profile());
            isToPublish.set(true);
            for (Listener listener : listeners) {
                tell(listener, before, now);
            }
        }
        if (isToPublish.getAndSet(false)) {
            publish(now);
        }
    }

    private static void tell(Listener listener, Optional<Profile> before, PowerState now) {
        try {
            listener.changed(before, now);
        } catch (RuntimeException e) {
            LOG.warn("power={} told=failed reason=\"{}\"", now.profile().word(), e.getMessage());
        }
    }

    private void publish(PowerState now) {
        isPublishing = true;
        try {
            outlet.accept(now);
            pauseMillis = FIRST_PAUSE_MILLIS;
            trouble = "";
        } catch (RuntimeException e) {
            isToPublish.set(true);
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(trouble)) {
                trouble = reason;
                LOG.warn(
                        "power={} published=not-yet reason=\"{}\"",
                        now.profile().word(),
                        reason);
            }
            again();
        } finally {
            isPublishing = false;
        }
    }

    private void again() {
        try {
            thread.schedule(this::work, pauseMillis, TimeUnit.MILLISECONDS);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        } catch (RejectedExecutionException e) {
            LOG.debug("power=stopped", e);
        }
    }
}

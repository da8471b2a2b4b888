package org.caravanhub.command;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the broker, retained, how each device should be configured: when it changes, and all of them each time that the broker can be reached
 * again, since it may have lost what it kept; at most once a minute. A device gets the same document then, which changes nothing.
 *
 * <p>One thread, which ends when there is nothing to do.
 */
public final class ConfigurationPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationPublisher.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration APART = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final int PAGE = 200;

    private final ConfigurationBook book;
    private final Outlet outlet;
    private final LongSupplier nanos;
    private final ScheduledThreadPoolExecutor thread;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isAllDue = new AtomicBoolean();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final AtomicLong allAt;
    private volatile String trouble = "";

    /** Publishes a configuration, retained, and waits until the broker has it; throws {@link RuntimeException} if it does not say so. */
    @FunctionalInterface
    public interface Outlet extends Consumer<DesiredConfiguration> {}

    /** Publishes what is in this book. */
    public ConfigurationPublisher(ConfigurationBook book, Outlet outlet, LongSupplier nanos) {
        this.book = book;
        this.outlet = outlet;
        this.nanos = nanos;
        this.allAt = new AtomicLong(nanos.getAsLong() - APART.toNanos());
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "configuration-publisher");
            made.setDaemon(true);
            return made;
        });
        thread.setKeepAliveTime(10, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    /** The broker can be reached: it is given all of them. Quick. */
    public void reached() {
        isAllDue.set(true);
        soon();
    }

    /** That of a device changed. */
    public void changed(String device) {
        waiting.add(device);
        soon();
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("configuration=still-publishing");
        }
    }

    private void soon() {
        try {
            thread.execute(this::work);
        } catch (RejectedExecutionException e) {
            LOG.debug("configuration=stopped", e);
        }
    }

    private void work() {
        try {
            long left = allAt.get() + APART.toNanos() - nanos.getAsLong();
            if (isAllDue.get() && left > 0) {
                later(Duration.ofNanos(left));
            } else if (isAllDue.getAndSet(false)) {
                allAt.set(nanos.getAsLong());
                addAll();
            }
            for (String device : List.copyOf(new LinkedHashSet<>(waiting))) {
                waiting.remove(device);
                publish(device);
            }
            tell("");
        } catch (RuntimeException e) {
            tell(String.valueOf(e.getMessage()));
            later(PAUSE);
        }
    }

    private void addAll() {
        try {
            String last = "";
            List<String> page = book.after(last, PAGE);
            while (!page.isEmpty()) {
                waiting.addAll(page);
                last = page.get(page.size() - 1);
                page = book.after(last, PAGE);
            }
        } catch (RuntimeException e) {
            allAt.set(nanos.getAsLong() - APART.toNanos());
            isAllDue.set(true);
            throw e;
        }
    }

    private void publish(String device) {
        try {
            Optional<DesiredConfiguration> desired = book.desired(device);
            if (desired.isPresent()) {
                outlet.accept(desired.get());
                if (!desired.get().isPublished() || desired.get().isWithdrawn()) {
                    book.published(desired.get());
                }
            }
        } catch (RuntimeException e) {
            waiting.add(device);
            throw e;
        }
    }

    private void later(Duration after) {
        if (isScheduled.compareAndSet(false, true)) {
            try {
                thread.schedule(
                        () -> {
                            isScheduled.set(false);
                            work();
                        },
                        after.toMillis() + 1,
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("configuration=stopped", e);
            }
        }
    }

    private void tell(String now) {
        if (!now.equals(trouble)) {
            if (now.isEmpty()) {
                LOG.info("configuration=published-again");
            } else {
                LOG.warn("configuration=waits reason=\"{}\"", now);
            }
        }
        trouble = now;
    }
}

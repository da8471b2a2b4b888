package org.caravanhub.alert;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs one piece of work again whenever it is asked for, on a thread that is there only while it is needed. Safe for many threads. */
final class Soon implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor threads;
    private final Runnable work;
    private @Nullable ScheduledFuture<?> next;
    private long dueNanos;

    Soon(String name, Runnable work) {
        this.work = work;
        this.threads = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Not later than in so long. */
    synchronized void within(Duration delay) {
        long due = System.nanoTime() + Math.max(0, delay.toNanos());
        ScheduledFuture<?> planned = next;
        if (threads.isShutdown() || (planned != null && dueNanos - due <= 0)) {
            return;
        }
        if (planned != null) {
            planned.cancel(false);
        }
        dueNanos = due;
        next = threads.schedule(this::run, due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        synchronized (this) {
            next = null;
        }
        work.run();
    }

    /** Starts no more, and interrupts what runs. */
    void stop() {
        threads.shutdownNow();
    }

    /** Starts no more; waits up to five seconds for what runs. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

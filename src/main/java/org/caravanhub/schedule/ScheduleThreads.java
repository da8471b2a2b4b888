package org.caravanhub.schedule;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.quartz.spi.ThreadPool;

/**
 * Threads for schedules: as many as run at once. {@link OneRun} sees to it that each schedule has at most one; so a flow that never
 * comes to an end takes one thread, and no other's. Quartz makes it by its name.
 */
public final class ScheduleThreads implements ThreadPool {
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "schedule-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public boolean runInThread(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** How many may begin now: Quartz never waits here. */
    @Override
    public int blockForAvailableThreads() {
        return getPoolSize();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown(boolean wait) {
        threads.shutdown();
    }

    @Override
    public int getPoolSize() {
        return 64;
    }

    @Override
    public void setInstanceId(String id) {}

    @Override
    public void setInstanceName(String name) {}
}

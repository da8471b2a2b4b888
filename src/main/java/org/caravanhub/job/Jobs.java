package org.caravanhub.job;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long work, one after the other, and the last of it that is over. Without work it has no thread. Safe for use by many threads.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int MOST = 20;
    private static final long NEWS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long STOP_MILLIS = 2_000;

    private final Consumer<Job> news;
    private final Clock clock;
    private final LongSupplier nanos;
    private final String boot;
    private final Deque<Job> newestFirst = new ArrayDeque<>();
    private @Nullable Thread thread;
    private long told;
    private int count;

    /** @param news is told of changes, twice in a second at most while it goes on */
    public Jobs(Consumer<Job> news, Clock clock, LongSupplier nanos) {
        this.news = news;
        this.clock = clock;
        this.nanos = nanos;
        this.boot = Long.toString(clock.millis(), 36);
    }

    /**
     * Begins one; returns at once.
     *
     * @param kind a word: what is done
     * @param subject what it is done to; may be empty
     * @throws JobRunning if there is one that is not over
     */
    public synchronized Job begin(String kind, String subject, Work work) {
        running().ifPresent(job -> {
            throw new JobRunning(job);
        });
        Job job = Job.queued(boot + "-" + ++count, kind, subject, clock.instant());
        newestFirst.addFirst(job);
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
        Thread doing = new Thread(() -> run(job, work), "job-" + job.id());
        doing.setDaemon(true);
        thread = doing;
        doing.start();
        return job;
    }

    /** The last ones, the newest first. */
    public synchronized List<Job> all() {
        return new ArrayList<>(newestFirst);
    }

    /** One of the last. */
    public synchronized Optional<Job> find(String id) {
        return newestFirst.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /** The one that is not over. */
    public synchronized Optional<Job> running() {
        return newestFirst.stream().findFirst().filter(job -> !job.isOver());
    }

    private void run(Job job, Work work) {
        try {
            at(job, "", 0, 0);
            Map<String, Object> result = work.run((stage, done, total) -> at(job, stage, done, total));
            end(now(job).ended(clock.instant(), result));
        } catch (JobFailed e) {
            end(now(job).failed(clock.instant(), e.failure()));
        } catch (Exception | Error e) { // one that nobody ends would be in the way of all others until the hub stops
            if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
                Thread.currentThread().interrupt();
                end(now(job).failed(clock.instant(), new Job.Failure("not_now", "The hub stops.")));
            } else {
                LOG.error("job=failed id={} kind={}", job.id(), job.kind(), e);
                end(now(job).failed(
                                clock.instant(),
                                new Job.Failure("internal", "The hub has a fault here; its log says more.")));
            }
        }
    }

    private synchronized Job now(Job job) {
        return newestFirst.stream()
                .filter(each -> each.id().equals(job.id()))
                .findFirst()
                .orElse(job);
    }

    private void at(Job job, String stage, long done, long total) {
        Job now;
        synchronized (this) {
            Job before = now(job);
            now = before.at(stage, done, total);
            replace(now);
            long moment = nanos.getAsLong();
            boolean isNews = before.state() != now.state() || !before.stage().equals(stage);
            if (!isNews && moment - told < NEWS_NANOS) {
                return;
            }
            told = moment;
        }
        news.accept(now);
    }

    private void end(Job job) {
        synchronized (this) {
            replace(job);
        }
        boolean isLeft = Thread.currentThread().isInterrupted();
        LOG.info(
                "job={} id={} kind={} subject=\"{}\"",
                job.failure().isPresent() ? (isLeft ? "left" : "failed") : "done",
                job.id(),
                job.kind(),
                job.subject());
        news.accept(job);
    }

    private void replace(Job job) {
        // The one that runs is the newest.
        newestFirst.removeFirst();
        newestFirst.addFirst(job);
    }

    /** What runs is interrupted; it cleans up after itself for two seconds at most. */
    @Override
    public void close() throws InterruptedException {
        Thread doing;
        synchronized (this) {
            doing = thread;
        }
        if (doing != null) {
            doing.interrupt();
            doing.join(STOP_MILLIS);
        }
    }
}

package org.caravanhub.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All checks together, asked at most once a second however often somebody looks. A check that hangs, on a disk that does not answer for
 * example, does not hang the report: it is left alone on a thread of its own until it comes back, and is told as a warning meanwhile. Safe for
 * use by many threads.
 */
public final class HealthReport {
    private static final Logger LOG = LoggerFactory.getLogger(HealthReport.class);
    private static final long FRESH_NANOS = 1_000_000_000L;
    /** For one check; most take microseconds, the forecast of the database a second on a slow card. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int IDLE_SECONDS = 30;

    /** By state, then by what they are about. */
    public static final Comparator<Line> WORST_FIRST = Comparator.comparing(
                    (Line line) -> line.health().state())
            .reversed()
            .thenComparing(line -> Group.of(line.name()));

    private final List<HealthCheck> checks;
    private final Duration patience;
    private final Map<String, Hanging> hanging = new HashMap<>();
    private final ExecutorService asker;
    private List<Line> lines = List.of();
    private long askedAt;

    /**
     * The answer of one check.
     *
     * @param name what was checked
     * @param health what was found
     */
    public record Line(String name, Health health) {}

    private record Hanging(Future<Optional<Health>> answer, long sinceNanos) {}

    /** A report of these checks. */
    public HealthReport(List<HealthCheck> checks) {
        this(checks, PATIENCE);
    }

    HealthReport(List<HealthCheck> checks, Duration patience) {
        this.checks = List.copyOf(checks);
        this.patience = patience;
        this.askedAt = System.nanoTime() - FRESH_NANOS;
        // One thread while somebody looks, none otherwise; one more for each check that hangs.
        this.asker = new ThreadPoolExecutor(
                0, 2 * checks.size() + 2, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "health");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** What every check says, the worst first. */
    public synchronized List<Line> lines() {
        if (System.nanoTime() - askedAt >= FRESH_NANOS) {
            lines = ask();
            askedAt = System.nanoTime();
        }
        return lines;
    }

    /** The worst of all; OK if there is no check. */
    public Health.State state() {
        List<Line> now = lines();
        return now.isEmpty() ? Health.State.OK : now.get(0).health().state();
    }

    private List<Line> ask() {
        List<Line> answers = new ArrayList<>(checks.size());
        for (HealthCheck check : checks) {
            ask(check).ifPresent(health -> answers.add(new Line(check.name(), health)));
        }
        answers.sort(WORST_FIRST);
        return List.copyOf(answers);
    }

    private Optional<Health> ask(HealthCheck check) {
        Hanging before = hanging.get(check.name());
        if (before != null && !before.answer().isDone()) {
            return Optional.of(hangs(check, before));
        }
        hanging.remove(check.name());
        long began = System.nanoTime();
        Future<Optional<Health>> answer =
                asker.submit(() -> check.isThere() ? Optional.of(check.check()) : Optional.empty());
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            Hanging now = new Hanging(answer, began);
            hanging.put(check.name(), now);
            LOG.warn("check=hangs name={} \"the others are asked without it\"", check.name());
            return Optional.of(hangs(check, now));
        } catch (ExecutionException e) {
            LOG.debug("check failed name={}", check.name(), e);
            return Optional.of(Health.unknown(
                    "The check itself failed.",
                    Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Health.unknown("The check was not made.", "The hub stops."));
        }
    }

    private static Health hangs(HealthCheck check, Hanging since) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since.sinceNanos());
        return Health.warning(
                "The check " + check.name() + " has not answered for " + seconds + " s.",
                "What it looks at does not answer: often a disk, a card or a network folder.",
                "See what the machine says of it: sudo caravan doctor");
    }
}

package org.caravanhub.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;

/** Looks at several things at once, and waits for none of them longer than it may take. */
public final class Round {
    private Round() {}

    /**
     * What was found, the worst first.
     *
     * @param limit after which what has not ended is told as unknown; threads that hang end with the process
     */
    public static List<HealthReport.Line> of(List<Look> looks, Duration limit) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4, work -> {
            Thread thread = new Thread(work, "doctor");
            thread.setDaemon(true);
            return thread;
        });
        long deadline = System.nanoTime() + limit.toNanos();
        List<Future<Optional<Health>>> answers = new ArrayList<>();
        looks.forEach(look -> answers.add(threads.submit(look.look())));
        List<HealthReport.Line> lines = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            String name = looks.get(i).name();
            answer(answers.get(i), deadline).ifPresent(health -> lines.add(new HealthReport.Line(name, health)));
        }
        threads.shutdownNow();
        lines.sort(HealthReport.WORST_FIRST);
        return lines;
    }

    private static Optional<Health> answer(Future<Optional<Health>> answer, long deadline) throws InterruptedException {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException e) {
            return Optional.of(
                    Health.unknown("It did not answer in time.", "A disk or a server hangs, or the machine is slow."));
        } catch (ExecutionException e) {
            return Optional.of(Health.unknown(
                    "It could not be looked at.",
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage())));
        }
    }
}

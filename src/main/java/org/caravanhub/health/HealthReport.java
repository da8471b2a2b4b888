package org.caravanhub.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All checks together, asked at most once a second however often somebody looks. Safe for use by many threads. */
public final class HealthReport {
    private static final Logger LOG = LoggerFactory.getLogger(HealthReport.class);
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final List<HealthCheck> checks;
    private List<Line> lines = List.of();
    private long askedAt;

    /**
     * The answer of one check.
     *
     * @param name what was checked
     * @param health what was found
     */
    public record Line(String name, Health health) {}

    /** A report of these checks. */
    public HealthReport(List<HealthCheck> checks) {
        this.checks = List.copyOf(checks);
        this.askedAt = System.nanoTime() - FRESH_NANOS;
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
            answers.add(new Line(check.name(), ask(check)));
        }
        answers.sort(Comparator.comparing((Line line) -> line.health().state()).reversed());
        return List.copyOf(answers);
    }

    private static Health ask(HealthCheck check) {
        try {
            return check.check();
        } catch (RuntimeException e) {
            LOG.debug("check failed name={}", check.name(), e);
            return Health.unknown("The check itself failed.", e.getClass().getSimpleName());
        }
    }
}

package org.caravanhub.alert;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthReport;

/** Which of the hub's own checks are not well, and have not been for a while. Safe for use by many threads. */
public final class HubChecks {
    private final Supplier<List<HealthReport.Line>> report;
    private final LongSupplier nanos;
    private final Map<String, Long> wrongSince = new HashMap<>();

    /**
     * Looks at this report.
     *
     * @param nanos a clock that nobody sets: {@code System::nanoTime}
     */
    public HubChecks(Supplier<List<HealthReport.Line>> report, LongSupplier nanos) {
        this.report = report;
        this.nanos = nanos;
    }

    /**
     * How a check is.
     *
     * @param names of checks, separated by spaces; {@code !} before the first means all others
     * @param least what is wrong: {@code warning} or {@code problem}
     * @param hold how long it must be so
     * @return what is wrong with the first of them, or that they are well; nothing while that is not known
     */
    public synchronized List<Finding> look(String names, String least, Duration hold) {
        Health.State limit = Health.State.valueOf(least.toUpperCase(java.util.Locale.ROOT));
        boolean isOthers = names.startsWith("!");
        List<String> named =
                Arrays.asList((isOthers ? names.substring(1) : names).strip().split("\\s+"));
        List<HealthReport.Line> lines = report.get().stream()
                .filter(line -> named.contains(line.name()) != isOthers)
                .toList();
        // The worst comes first.
        for (HealthReport.Line line : lines) {
            if (line.health().state().compareTo(limit) >= 0) {
                long now = nanos.getAsLong();
                long since = wrongSince.computeIfAbsent(names, first -> now);
                return now - since < hold.toNanos() ? List.of() : List.of(wrong(line));
            }
        }
        wrongSince.remove(names);
        boolean isKnown = !lines.isEmpty()
                && lines.stream().noneMatch(line -> line.health().state() == Health.State.UNKNOWN);
        return isKnown ? List.of(Finding.well(Finding.NONE, title(lines.get(0)))) : List.of();
    }

    private static Finding wrong(HealthReport.Line line) {
        Health health = line.health();
        return Finding.wrong(Finding.NONE, title(line), (health.why() + " " + health.fix()).strip());
    }

    private static String title(HealthReport.Line line) {
        return "Hub, " + line.name() + ": " + line.health().what();
    }
}

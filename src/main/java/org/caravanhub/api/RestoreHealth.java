package org.caravanhub.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanhub.backup.RestoreReport;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;

/** The check of backups; for a week it tells first of a restore that did not become what was wanted. */
public final class RestoreHealth implements HealthCheck {
    private static final Duration TOLD = Duration.ofDays(7);

    private final HealthCheck backups;
    private final Supplier<Optional<RestoreReport>> last;
    private final Clock clock;

    /** @param backups says how backups are */
    public RestoreHealth(HealthCheck backups, Supplier<Optional<RestoreReport>> last, Clock clock) {
        this.backups = backups;
        this.last = last;
        this.clock = clock;
    }

    @Override
    public String name() {
        return backups.name();
    }

    @Override
    public Health check() {
        Health health = backups.check();
        Optional<RestoreReport> told = last.get().filter(report -> report.endedAt()
                .filter(ended -> ended.plus(TOLD).isAfter(clock.instant()))
                .isPresent());
        return told.flatMap(RestoreHealth::warning).orElse(health);
    }

    private static Optional<Health> warning(RestoreReport report) {
        String name = "The restore of " + report.backup();
        return switch (report.state()) {
            case NOT_BEGUN ->
                Optional.of(Health.warning(
                        name + " did not begin.",
                        report.why() + ".",
                        "Mend that and try it again: `caravan backup restore " + report.backup() + "`."));
            case FAILED ->
                Optional.of(Health.warning(
                        name + " did not end well: the hub started neither with it nor with what was there before.",
                        report.why(),
                        "What is here now may be part of either. What was there before is in the backup "
                                + report.saved() + ": `caravan backup restore " + report.saved() + "`."));
            case UNDONE ->
                Optional.of(Health.warning(
                        name + " was undone: the hub did not start with it.",
                        report.why(),
                        "What was there before is there again, and in " + report.saved()
                                + ". Try another: `caravan backup list`."));
            case DONE ->
                report.left().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Health.warning(
                                name + " left " + report.left().size() + " files that the hub may not write.",
                                "They are of another user: "
                                        + String.join(", ", report.left().keySet()) + ".",
                                report.left().entrySet().stream()
                                        .map(left -> "`" + RestoreReport.command(left.getValue(), left.getKey()) + "`")
                                        .findFirst()
                                        .orElse("")));
            default -> Optional.empty();
        };
    }
}

package org.caravanhub.api;

import java.util.List;
import java.util.function.Supplier;
import org.caravanhub.health.Exposition;
import org.caravanhub.health.Health;
import org.caravanhub.health.HealthCheck;
import org.caravanhub.health.MetricSource;
import org.caravanhub.store.DamageReport;
import org.caravanhub.store.IntegrityState;

/** Whether the database was damaged. Says so until somebody has taken the damaged file away. */
public final class IntegrityHealth implements HealthCheck, MetricSource {
    private final Supplier<IntegrityState> integrity;

    /** A check of this: {@code integrity::state}. */
    public IntegrityHealth(Supplier<IntegrityState> integrity) {
        this.integrity = integrity;
    }

    @Override
    public String name() {
        return "database-integrity";
    }

    @Override
    public Health check() {
        IntegrityState state = integrity.get();
        List<DamageReport> reports = state.reports();
        if (reports.isEmpty()) {
            return state.checkedAt()
                    .map(at -> Health.ok("Read through at " + at + ": " + state.verdict() + "."))
                    .orElse(Health.ok("Not read through since the start yet."));
        }
        DamageReport newest = reports.get(reports.size() - 1);
        return Health.warning(what(newest, reports.size()), why(newest), fix(newest));
    }

    @Override
    public void expose(Exposition exposition) {
        List<DamageReport> reports = integrity.get().reports();
        exposition.gauge("caravan_db_damaged_files", "Damaged databases that were put aside.", reports.size());
        exposition.gauge(
                "caravan_db_salvaging",
                "1 while rows of a damaged database are brought back.",
                reports.stream().allMatch(DamageReport::isFinished) ? 0 : 1);
        exposition.gauge(
                "caravan_db_lost_readings",
                "Readings that damaged databases have lost, at most, before what came from a backup.",
                reports.stream().mapToLong(DamageReport::rowsLost).sum());
    }

    private static String what(DamageReport report, int files) {
        String others = files > 1 ? " It is one of " + files + "." : "";
        return "The database was found damaged at " + report.foundAt() + ": " + report.reason() + "." + others;
    }

    private static String why(DamageReport report) {
        if (!report.isFinished()) {
            return "New readings are stored. Older ones are being brought back from the damaged file.";
        }
        String back = report.rowsBack() + " readings were brought back";
        String backup = report.rowsFromBackup() > 0 ? ", and " + report.rowsFromBackup() + " from the backup" : "";
        String lost = report.lost().isEmpty() ? "nothing that is known of" : String.join("; ", report.lost());
        return back + backup + ". Lost: " + lost + ".";
    }

    private static String fix(DamageReport report) {
        if (!report.isFinished()) {
            return "Wait; the log says salvage=finished.";
        }
        return "Look at the disk or card (`dmesg`), it may be failing. The damaged file is kept as " + report.file()
                + "; move or delete it to end this warning.";
    }
}

package org.caravanhub.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanhub.salvage.SalvagedFile;
import org.caravanhub.salvage.Survey;
import org.caravanhub.salvage.Tables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back what a file that was put aside still holds, and what it has lost from the newest backup. */
final class Salvage {
    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

    private final Path database;
    private final GroupCommit writer;
    private final DamagedFiles damaged;
    private volatile Runnable whenBack = () -> {};

    Salvage(Path database, GroupCommit writer, DamagedFiles damaged) {
        this.database = database;
        this.writer = writer;
        this.damaged = damaged;
    }

    /** Does this when what the owner knows came back. */
    void whenBack(Runnable work) {
        whenBack = work;
    }

    /**
     * Does so, and reports it.
     *
     * @param withCounts whether what it counted is added to what is counted now; false if another file has taken it over
     * @throws SQLException if the database itself is found to be damaged
     */
    void bringBack(DamageReport report, boolean withCounts) throws SQLException, InterruptedException {
        LOG.info("salvage=begun file={}", report.file());
        DamageReport finished;
        try (SalvagedFile file = SalvagedFile.open(report.file())) {
            Survey survey = file.survey();
            boolean hasCounts = !survey.rows(Tables.LEDGER).isEmpty()
                    || !survey.rows(Tables.DEVICE).isEmpty();
            long back = refill(file, survey, Set.copyOf(Tables.OWNERS), withCounts && hasCounts, report);
            whenBack.run();
            long fromBackup = fromBackup(OwnersRows.lost(survey), withCounts && !hasCounts, report);
            long lost = LostSpans.readings(survey);
            finished = report.finished(back, fromBackup, lost, LostSpans.in(survey));
        } catch (IOException e) {
            finished = report.finished(
                    0,
                    fromBackup(Set.copyOf(Tables.OWNERS), withCounts, report),
                    0,
                    List.of("everything; the file cannot be opened: " + e));
        }
        try {
            damaged.save(finished);
        } catch (IOException e) {
            LOG.warn("salvage=unreported reason=\"{}\" \"it is done again at the next start\"", e.toString());
        }
        LOG.warn(
                "salvage=finished file={} back={} from-backup={} lost-at-most={} {}",
                finished.file(),
                finished.rowsBack(),
                finished.rowsFromBackup(),
                finished.rowsLost(),
                finished.lost());
    }

    /** What was there is as it was last; only what is lost as a whole is as it was then, since nobody knows what was taken away meanwhile. */
    private long fromBackup(Set<String> owners, boolean withCounts, DamageReport report)
            throws SQLException, InterruptedException {
        Optional<Path> newest = DatabaseCopy.newest(database);
        if (newest.isEmpty()) {
            return 0;
        }
        try (SalvagedFile backup = SalvagedFile.open(newest.get())) {
            long back = refill(backup, backup.survey(), owners, withCounts, report);
            whenBack.run();
            return back;
        } catch (IOException e) {
            LOG.warn("backup={} reason=\"{}\" \"cannot be read\"", newest.get(), e.toString());
            return 0;
        }
    }

    private long refill(SalvagedFile file, Survey survey, Set<String> owners, boolean withCounts, DamageReport report)
            throws SQLException, InterruptedException {
        Refill refill = new Refill(writer, report.foundAt());
        return withCounts ? refill.all(file, survey, report.mark()) : refill.missing(file, survey, owners);
    }
}

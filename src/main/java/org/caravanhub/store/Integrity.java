package org.caravanhub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the file that everything is in: reads it through after the start and when asked, notices when it is gone, and when it
 * is damaged puts it aside, so that the writer goes on at once with a new one, and brings back what can be read of the old.
 */
public final class Integrity implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Integrity.class);
    /** A disk that damages each new file must not be filled with them. */
    private static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(30);

    private static final Duration AGAIN = Duration.ofHours(1);

    private final SqliteDatabase database;
    private final GroupCommit writer;
    private final Duration watchEvery;
    private final Clock clock;
    private final DamagedFiles damaged;
    private final IntegrityCheck check;
    private final Salvage salvage;
    /** One thing at a time: a check of a file that is being filled says nothing new. */
    private final ReentrantLock busy = new ReentrantLock();

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(named("file-watch"));
    private final ExecutorService work = Executors.newSingleThreadExecutor(named("salvage"));
    /** How many files there have been. */
    private final AtomicInteger files = new AtomicInteger();

    private volatile Optional<Instant> checkedAt = Optional.empty();
    private volatile String verdict = "not checked yet";
    private volatile List<DamageReport> reports = List.of();
    private volatile boolean stoodBack;
    private Instant replacedAt = Instant.MIN;

    /**
     * Begins to look.
     *
     * @param limit how long a check may take
     * @param watch how often is looked whether the file is in its place
     */
    public Integrity(SqliteDatabase database, GroupCommit writer, Duration limit, Duration watch, Clock clock) {
        this.watchEvery = watch;
        this.database = database;
        this.writer = writer;
        this.clock = clock;
        this.damaged = new DamagedFiles(database.file());
        this.check = new IntegrityCheck(database.file(), limit);
        this.salvage = new Salvage(database.file(), writer, damaged);
        readReports();
        writer.whenDamaged(this::replace);
        database.whenSuspected(this::checkSoon);
        database.whenToStandBack(this::standBack);
    }

    /** Does this whenever what the owner knows of devices came back out of a damaged file; before {@link #start}. */
    public void whenBack(Runnable work) {
        salvage.whenBack(work);
    }

    /** Brings back what an earlier process had not, then checks; all in the background. */
    public void start() {
        work.execute(this::salvageAll);
        checkSoon();
        watch.scheduleWithFixedDelay(
                this::lookForFile, watchEvery.toMillis(), watchEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How the file is, as far as is known. Reports of files that somebody has removed since are left out. */
    public IntegrityState state() {
        List<DamageReport> kept =
                reports.stream().filter(report -> Files.exists(report.file())).toList();
        return new IntegrityState(checkedAt, verdict, kept);
    }

    /**
     * Reads the whole database once; if it is damaged, replaces it. Takes a second for 100 MB, and minutes for gigabytes on a card.
     *
     * @return {@code ok}, or what is wrong
     */
    public String check() {
        busy.lock();
        try {
            long start = System.nanoTime();
            int checked = files.get();
            stoodBack = false;
            Optional<String> wrong = check.verdict();
            String answer = wrong.orElse("ok");
            LOG.info("integrity=\"{}\" ms={}", answer, (System.nanoTime() - start) / 1_000_000);
            // The writer may have come upon it, and replaced it, while it was read.
            wrong.filter(reason -> checked == files.get()).ifPresent(this::replaceOrRescue);
            verdict = answer;
            checkedAt = Optional.of(clock.instant());
            return answer;
        } catch (SQLException e) {
            if (stoodBack) {
                LOG.info("integrity=unknown \"the log had grown much meanwhile; the check is made again in an hour\"");
                checkIn(AGAIN);
                return "not known: too much was written meanwhile";
            }
            LOG.warn("integrity=unknown reason=\"{}\" \"the check did not come to its end\"", e.getMessage());
            return "not known: " + e.getMessage();
        } finally {
            busy.unlock();
        }
    }

    /** Stops; what is not back yet is brought back after the next start. */
    @Override
    public void close() throws InterruptedException {
        watch.shutdownNow();
        work.shutdownNow();
        check.cancel();
        work.awaitTermination(2, TimeUnit.SECONDS);
    }

    private void checkSoon() {
        if (!work.isShutdown()) {
            work.execute(this::check);
        }
    }

    /** The log cannot be cut while the check reads. */
    private void standBack() {
        stoodBack = true;
        check.cancel();
    }

    private void checkIn(Duration later) {
        if (!watch.isShutdown()) {
            watch.schedule(this::checkSoon, later.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The writer goes on with a new file when this returns. */
    private void replace(String reason) {
        int before = files.get();
        try {
            writer.disconnected(Target.Look.AWAY, () -> {
                Instant now = clock.instant();
                if (replacedAt.plus(BETWEEN_REPLACEMENTS).isBefore(now)) {
                    database.replace(now, reason);
                    replacedAt = now;
                    files.incrementAndGet();
                }
            });
            if (files.get() != before) {
                salvageSoon();
            }
        } catch (IOException | SQLException e) {
            LOG.error("database=damaged reason=\"{}\" \"and it cannot be put aside: {}\"", reason, e.toString());
        }
    }

    /** What is read at the place of a file that was taken away is no news of the one that the writer still holds. */
    private void replaceOrRescue(String reason) {
        if (database.isInPlace()) {
            replace(reason);
        } else {
            lookForFile();
        }
    }

    private void lookForFile() {
        if (database.isInPlace()) {
            return;
        }
        Instant now = clock.instant();
        Path copy = damaged.place(now);
        try {
            // It may just be being replaced by us: only what is seen while nobody writes counts.
            writer.disconnected(connection -> rescue(connection, copy), () -> reopen(now));
            salvageSoon();
        } catch (IOException | SQLException | UnusableDatabase e) {
            LOG.error("database=gone reason=\"{}\" \"it cannot be opened again\"", e.toString());
        }
    }

    /** A file without a name is still there as long as the writer has it open. */
    private void rescue(Connection connection, Path copy) {
        if (database.isInPlace()) {
            return;
        }
        try {
            Files.createDirectories(copy.resolveSibling("."));
            DatabaseCopy.write(connection, copy);
        } catch (IOException | SQLException e) {
            LOG.error("database=gone reason=\"{}\" \"it could not be copied\"", e.toString());
        }
    }

    private void reopen(Instant now) throws IOException, SQLException {
        if (database.isInPlace()) {
            return;
        }
        String reason = Files.exists(database.file())
                ? "another file was put in the place of the database while the hub was running"
                : "the database was removed while the hub was running";
        database.reopen(now, damaged.noteGone(now, reason));
        files.incrementAndGet();
        LOG.error("database=gone reason=\"{}\" \"what the hub still held of it is brought back\"", reason);
    }

    /** The new file is read through when it is filled: a check of the old one may have been cut short. */
    private void salvageSoon() {
        readReports();
        if (!work.isShutdown()) {
            work.execute(this::salvageAll);
            work.execute(this::check);
        }
    }

    private void salvageAll() {
        busy.lock();
        try {
            List<DamageReport> unfinished = damaged.reports().stream()
                    .filter(report -> !report.isFinished())
                    .toList();
            for (int i = 0; i < unfinished.size(); i++) {
                salvage.bringBack(unfinished.get(i), i == unfinished.size() - 1);
            }
        } catch (SQLException e) {
            // The new file is damaged too, or says so: it is salvaged in its turn.
            replace(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            readReports();
            busy.unlock();
        }
    }

    /** One after the other, so that what was read last is what counts. */
    private synchronized void readReports() {
        reports = damaged.reports();
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        };
    }
}

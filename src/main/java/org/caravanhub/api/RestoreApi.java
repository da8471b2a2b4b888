package org.caravanhub.api;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.caravanhub.audit.Trail;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Difference;
import org.caravanhub.backup.Manifest;
import org.caravanhub.backup.Restore;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.job.Job;
import org.caravanhub.job.JobFailed;
import org.caravanhub.job.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code preview-restore}, {@code cancel-restore} and {@code restore-backup}: first a backup is unpacked beside what is there and checked;
 * then, with the id of that job, exactly this takes its place. What nobody orders within a quarter of an hour is given up.
 */
public final class RestoreApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreApi.class);
    private static final Duration VALID = Duration.ofMinutes(15);
    private static final String NOT_NOTED =
            "The restore could not be noted; is there room on the disk? Make some, and try it again. Nothing was changed.";

    private final BackupShelves shelves;
    private final Restore restore;
    private final Order order;
    private final Jobs jobs;
    private final Trail audit;
    private final Clock clock;
    private Optional<Prepared> prepared = Optional.empty();
    private Optional<Thread> waiting = Optional.empty();

    /** What is unpacked, and was shown. */
    private record Prepared(String job, String backup, Manifest manifest, Difference difference, Instant at) {}

    /** Hands what was prepared to whoever can stop the hub. */
    @FunctionalInterface
    public interface Order {
        /**
         * The hub stops in a moment.
         *
         * @param job by which it is asked for
         * @throws IOException if it cannot be noted; nothing happens then
         */
        void give(String job, String who, String backup, Manifest prepared, Difference difference) throws IOException;
    }

    RestoreApi(BackupShelves shelves, Restore restore, Order order, Jobs jobs, Trail audit, Clock clock) {
        this.shelves = shelves;
        this.restore = restore;
        this.order = order;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins to unpack one; what was prepared before is given up. */
    public synchronized Answer preview(Question question) throws IOException {
        BackupFile file = shelves.find(question.word("name")).file();
        Optional<String> key = RecoveryKeys.of(question, file);
        CountDownLatch known = new CountDownLatch(1);
        String[] id = new String[1];
        Job job = JobApi.begin(jobs, "preview-restore", file.name(), BackupApi.told(course -> {
            known.await();
            forget();
            Manifest manifest = restore.prepare(file.path(), key, BackupApi.listener(course));
            try {
                Difference difference = restore.difference(manifest);
                Map<String, Object> result = new java.util.LinkedHashMap<>(
                        BackupJson.preview(manifest, difference, restore.settings(manifest)));
                Instant now = clock.instant();
                result.put("valid_until", now.plus(VALID));
                remember(new Prepared(id[0], file.name(), manifest, difference, now));
                return result;
            } catch (IOException | RuntimeException e) {
                restore.giveUp();
                throw e;
            }
        }));
        id[0] = job.id();
        known.countDown();
        note(question, file, "{}");
        return JobApi.accepted(job);
    }

    private synchronized void remember(Prepared now) {
        prepared = Optional.of(now);
        Thread thread = new Thread(this::expire, "restore-preview");
        thread.setDaemon(true);
        thread.start();
        waiting = Optional.of(thread);
    }

    private synchronized void forget() {
        prepared = Optional.empty();
        waiting.ifPresent(Thread::interrupt);
        waiting = Optional.empty();
    }

    /** Gives up what was prepared. */
    public synchronized Answer cancel(Question question) throws IOException {
        BackupFile file = shelves.find(question.word("name")).file();
        jobs.running().ifPresent(job -> {
            throw JobApi.inTheWay(job);
        });
        boolean wasPrepared =
                prepared.filter(each -> each.backup().equals(file.name())).isPresent();
        if (wasPrepared) {
            forget();
            restore.giveUp();
        }
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeBooleanField("cancelled", wasPrepared);
            json.writeEndObject();
        });
    }

    /** Orders what was prepared and shown. The hub stops, and starts again with it. */
    public synchronized Answer restore(Question question) throws IOException {
        BackupFile file = shelves.find(question.word("name")).file();
        JsonBody body = JsonBody.of(question.body(), List.of("preview"));
        body.check();
        String preview = body.word("preview");
        if (preview.isEmpty()) {
            throw new Problem(
                    ProblemCode.NOT_CONFIRMED,
                    "Everything that is there now would be replaced. Look at what would change first: `POST "
                            + "/api/v1/backups/" + file.name()
                            + "/preview`; then confirm it with the id of that job. Nothing was changed.",
                    List.of(new Fault("preview", "missing", "preview must be the id of the job that prepared it.", "")),
                    Map.of());
        }
        jobs.running().ifPresent(job -> {
            throw JobApi.inTheWay(job);
        });
        Prepared now = prepared.filter(each -> each.job().equals(preview)
                        && each.backup().equals(file.name())
                        && clock.instant().isBefore(each.at().plus(VALID)))
                .orElseThrow(() -> Problem.of(
                        ProblemCode.NOT_NOW,
                        "What that job prepared is not there any more: it is good for 15 minutes, until another is "
                                + "prepared. Prepare it anew, and look at it again. Nothing was changed."));
        note(question, file, "{\"made_at\":\"" + now.manifest().madeAt() + "\"}");
        CountDownLatch refused = new CountDownLatch(1);
        Job job = JobApi.begin(jobs, "restore-backup", file.name(), course -> {
            course.at("stops the hub", 0, 0);
            refused.await(); // otherwise it ends with the hub
            throw new JobFailed(ProblemCode.BACKUP_FAILED.word(), NOT_NOTED);
        });
        try {
            order.give(job.id(), question.principal().name(), file.name(), now.manifest(), now.difference());
        } catch (IOException e) {
            refused.countDown();
            LOG.warn("restore=not-ordered reason=\"{}\"", e.getMessage());
            throw Problem.of(ProblemCode.BACKUP_FAILED, NOT_NOTED);
        }
        forget();
        return JobApi.accepted(job);
    }

    /** Gives up what nobody orders in time; it takes as much of the disk as the hub has. */
    private void expire() {
        try {
            Thread.sleep(VALID.toMillis());
            synchronized (this) {
                if (waiting.filter(Thread.currentThread()::equals).isPresent()) {
                    prepared = Optional.empty();
                    restore.giveUp();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("restore=not-cleared reason=\"{}\"", e.getMessage());
        }
    }

    /** Nobody is waited for any more. */
    @Override
    public synchronized void close() {
        forget();
    }

    private void note(Question question, BackupFile file, String details) {
        audit.note(question.principal().name(), question.operation(), "backup/" + file.name(), details);
    }
}

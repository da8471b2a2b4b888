package org.caravanhub.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravanhub.audit.Trail;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.BackupListener;
import org.caravanhub.backup.BackupRound;
import org.caravanhub.backup.BrokenBackup;
import org.caravanhub.backup.Checked;
import org.caravanhub.backup.Contents;
import org.caravanhub.backup.Drill;
import org.caravanhub.backup.Manifest;
import org.caravanhub.backup.RestoreReport;
import org.caravanhub.backup.Verification;
import org.caravanhub.http.Answer;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Moment;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.job.JobFailed;
import org.caravanhub.job.Jobs;
import org.caravanhub.job.Work;

/** {@code list-backups}, {@code make-backup}, {@code show-backup}, {@code verify-backup} and {@code remove-backup}. */
public final class BackupApi {
    private final BackupShelves shelves;
    private final Surroundings here;
    private final Contents contents = new Contents();
    private final Jobs jobs;
    private final Trail audit;
    private final Clock clock;

    /**
     * What it works with.
     *
     * @param rounds looks each time whether the second place is there
     * @param room an own folder to look through backups in
     * @param restored the last restore, if there was one
     * @param next when the next is made
     */
    public record Surroundings(
            Supplier<BackupRound> rounds,
            Verification verification,
            Checked checked,
            Drill drill,
            Path room,
            Supplier<Optional<RestoreReport>> restored,
            Supplier<Optional<Instant>> next) {}

    BackupApi(BackupShelves shelves, Surroundings here, Jobs jobs, Trail audit, Clock clock) {
        this.shelves = shelves;
        this.here = here;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    /** All there are, and whether they can be relied on. */
    public Answer list(Question question) throws IOException {
        List<BackupShelves.Placed> all = shelves.all();
        Optional<BackupFile> whole = here.checked().newest(shelves.disk().all());
        Optional<Drill.Result> drill = here.drill().last();
        Optional<RestoreReport> restored = here.restored().get();
        long free = free();
        return Answer.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (BackupShelves.Placed each : all) {
                json.writeStartObject();
                writeFields(json, each);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("last_verified", whole.map(BackupFile::name).orElse(null));
            json.writeStringField("next_at", here.next().get().map(Moment::text).orElse(null));
            json.writeNumberField("free_bytes", free);
            json.writeFieldName("drill");
            if (drill.isPresent()) {
                BackupJson.write(json, drill.get());
            } else {
                json.writeNull();
            }
            json.writeFieldName("last_restore");
            if (restored.isPresent()) {
                BackupJson.write(json, restored.get());
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        });
    }

    private long free() throws IOException {
        Path folder = shelves.disk().folder();
        while (folder != null && Files.notExists(folder)) {
            folder = folder.toAbsolutePath().getParent();
        }
        return folder == null ? 0 : Files.getFileStore(folder).getUsableSpace();
    }

    private void writeFields(com.fasterxml.jackson.core.JsonGenerator json, BackupShelves.Placed each)
            throws IOException {
        BackupJson.writeFields(
                json, each.file(), each.place(), here.checked().of(each.file()), contents.of(each.file()));
    }

    /** One with its manifest; without it if only the recovery key opens it. */
    public Answer show(Question question) throws IOException {
        BackupShelves.Placed found = shelves.find(question.word("name"));
        Optional<Manifest> manifest = Optional.empty();
        if (!found.file().isSealed()) {
            try {
                manifest = Optional.of(Verification.manifest(found.file().path(), Optional.empty()));
            } catch (BrokenBackup e) {
                here.checked().broken(found.file(), String.valueOf(e.getMessage()), clock.instant());
            }
        }
        Optional<Manifest> read = manifest;
        return Answer.json(json -> {
            json.writeStartObject();
            writeFields(json, found);
            json.writeFieldName("manifest");
            if (read.isPresent()) {
                BackupJson.write(json, read.get());
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        });
    }

    /** Begins to make one. */
    public Answer make(Question question) {
        JsonBody body = JsonBody.of(question.body(), List.of("label"));
        body.check();
        String label = body.word("label").isEmpty() ? "manual" : body.word("label");
        if (!BackupFile.isLabel(label)) {
            throw Problem.parameters(List.of(new Fault(
                    "label",
                    "not_allowed",
                    "label must be a word of small letters, digits and '-', at most 40 of them.",
                    "before-update")));
        }
        Answer answer = JobApi.begun(jobs, "make-backup", "", told(course -> {
            BackupRound.Result made = here.rounds().get().make(label, listener(course));
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("backup", made.made().name());
            result.put("bytes", made.made().bytes());
            result.put("removed", made.gone().size());
            if (!made.noCopy().isEmpty()) {
                result.put("not_copied", made.noCopy());
            }
            return result;
        }));
        note(question, "backup", "{\"label\":\"" + label + "\"}");
        return answer;
    }

    /** Begins to read one through. */
    public Answer verify(Question question) throws IOException {
        BackupFile file = shelves.find(question.word("name")).file();
        Optional<String> key = RecoveryKeys.of(question, file);
        Answer answer = JobApi.begun(jobs, "verify-backup", file.name(), told(course -> {
            Manifest manifest;
            try {
                manifest = here.verification().check(file.path(), key, here.room(), listener(course));
            } catch (BrokenBackup e) {
                // With a wrong key nothing is known of the backup.
                if (key.isEmpty()) {
                    here.checked().broken(file, String.valueOf(e.getMessage()), clock.instant());
                }
                throw e;
            }
            here.checked().well(file, clock.instant());
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("backup", file.name());
            result.put("files", manifest.files().size());
            result.put("bytes", manifest.bytes());
            result.put("readings", manifest.database().rows().getOrDefault("reading", 0L));
            return result;
        }));
        note(question, "backup/" + file.name(), "{}");
        return answer;
    }

    /** One goes from this disk, unless it is the one that is relied on. */
    public Answer remove(Question question) throws IOException {
        BackupShelves.Placed found = shelves.find(question.word("name"));
        if (!found.place().equals("disk")) {
            throw Problem.of(
                    ProblemCode.NOT_NOW,
                    found.file().name()
                            + " is at the second place only. Nothing is removed there but by its own limits.");
        }
        List<BackupFile> all = shelves.disk().all();
        Optional<BackupFile> kept =
                here.checked().newest(all).or(() -> all.stream().findFirst());
        if (kept.filter(found.file()::equals).isPresent()) {
            throw Problem.of(
                    ProblemCode.NOT_NOW,
                    found.file().name() + " is the newest that is known to be whole. Make another first: "
                            + "`caravan backup now`. Nothing was changed.");
        }
        jobs.running().ifPresent(job -> {
            throw JobApi.inTheWay(job);
        });
        Answer answer = Answer.json(json -> {
            json.writeStartObject();
            writeFields(json, found);
            json.writeEndObject();
        });
        shelves.disk().remove(found.file());
        note(question, "backup/" + found.file().name(), "{}");
        return answer;
    }

    private void note(Question question, String subject, String details) {
        audit.note(question.principal().name(), question.operation(), subject, details);
    }

    /** Tells the job how far a backup is. */
    static BackupListener listener(Work.Course course) {
        return (stage, done, total) -> course.at(stage.words(), done, total);
    }

    /** The same work; what is wrong with backups and disks is told in words. */
    static Work told(Work work) {
        return course -> {
            try {
                return work.run(course);
            } catch (BrokenBackup e) {
                throw new JobFailed(
                        ProblemCode.BROKEN_BACKUP.word(),
                        "It is not to be relied on: " + e.getMessage() + ". Nothing was changed.");
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                throw new JobFailed(
                        ProblemCode.BACKUP_FAILED.word(),
                        e.getMessage() + ". Nothing was changed, and the backups that are there are as they were.");
            }
        };
    }
}

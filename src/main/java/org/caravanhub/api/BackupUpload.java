package org.caravanhub.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravanhub.audit.Trail;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.backup.Incoming;
import org.caravanhub.http.DirectHandler;
import org.caravanhub.http.Fault;
import org.caravanhub.http.Json;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.job.Job;
import org.caravanhub.job.Jobs;

/**
 * {@code upload-backup}: a backup that was made elsewhere. It is written beside the shelf as it arrives, one at a time; then a job reads it
 * through and puts it there. What ends early leaves nothing.
 */
final class BackupUpload implements DirectHandler {
    /** Kept for readings, which come meanwhile, and for what is unpacked to look into it. */
    private static final long SPARE_BYTES = 64L << 20;

    private static final long LOOK_MILLIS = 30_000;
    private static final int RETRY_SECONDS = 30;

    private final Incoming incoming;
    private final BackupShelves shelves;
    private final Path room;
    private final Jobs jobs;
    private final Trail audit;
    private final Clock clock;
    private final AtomicBoolean isReceiving = new AtomicBoolean();

    BackupUpload(Incoming incoming, BackupShelves shelves, Path room, Jobs jobs, Trail audit, Clock clock) {
        this.incoming = incoming;
        this.shelves = shelves;
        this.room = room;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext context, Question question) {
        HttpServerRequest request = context.request();
        request.pause();
        String name = question.word("name");
        if (!isReceiving.compareAndSet(false, true)) {
            refuse(
                    context,
                    Problem.retry(
                            ProblemCode.BUSY, "Another backup arrives. Send it again in a moment.", RETRY_SECONDS));
            return;
        }
        context.vertx()
                .executeBlocking(() -> begin(name, request), false)
                .onFailure(why -> {
                    isReceiving.set(false);
                    refuse(context, why);
                })
                .onSuccess(file -> receive(context, question, name, file));
    }

    /** What cannot be taken is refused before it is sent. */
    private Path begin(String name, HttpServerRequest request) throws IOException {
        if (!Incoming.isName(name)) {
            throw Problem.parameters(List.of(new Fault(
                    "name",
                    "not_allowed",
                    "A backup keeps the name that it was made with.",
                    "caravan-20261122T024302Z-manual.tar.gz")));
        }
        String length = String.valueOf(request.getHeader("Content-Length"));
        if (!length.matches("\\d{1,18}")) {
            throw Problem.parameters(List.of(
                    new Fault("Content-Length", "missing", "Say how long it is: Content-Length, in bytes.", "")));
        }
        if (shelves.disk().all().stream().anyMatch(there -> there.name().equals(name))) {
            throw Problem.of(
                    ProblemCode.CONFLICT,
                    "There is a backup " + name
                            + " already. If it is another, remove that first. Nothing was changed.");
        }
        jobs.running().ifPresent(job -> {
            throw JobApi.inTheWay(job);
        });
        if (Long.parseLong(length) + SPARE_BYTES > incoming.free()) {
            throw Problem.of(
                    ProblemCode.NO_ROOM,
                    "It has " + length + " bytes, and the disk has " + incoming.free()
                            + " left, some of which is for readings. Nothing was kept.");
        }
        return incoming.begin(name);
    }

    private void receive(RoutingContext context, Question question, String name, Path file) {
        HttpServerRequest request = context.request();
        Vertx vertx = context.vertx();
        long[] seen = {-1};
        long look = vertx.setPeriodic(LOOK_MILLIS, tick -> {
            if (request.bytesRead() == seen[0]) {
                request.connection().close();
            }
            seen[0] = request.bytesRead();
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setWrite(true).setCreate(false))
                .compose(request::pipeTo)
                .onComplete(written -> {
                    vertx.cancelTimer(look);
                    if (written.succeeded()) {
                        vertx.executeBlocking(() -> take(question, name), false)
                                .onComplete(done -> isReceiving.set(false))
                                .onFailure(context::fail)
                                .onSuccess(job -> answer(context, job));
                    } else {
                        vertx.executeBlocking(
                                        () -> {
                                            incoming.giveUp();
                                            return name;
                                        },
                                        false)
                                .onComplete(gone -> {
                                    isReceiving.set(false);
                                    refuse(context, written.cause());
                                });
                    }
                });
    }

    private Job take(Question question, String name) throws IOException {
        try {
            Job job = JobApi.begin(jobs, "upload-backup", name, BackupApi.told(course -> {
                BackupFile taken = incoming.take(name, room, BackupApi.listener(course), clock.instant());
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("backup", taken.name());
                result.put("bytes", taken.bytes());
                return result;
            }));
            audit.note(question.principal().name(), question.operation(), "backup/" + name, "{}");
            return job;
        } catch (Problem inTheWay) {
            incoming.giveUp();
            throw inTheWay;
        }
    }

    private static void answer(RoutingContext context, Job job) {
        context.response()
                .setStatusCode(202)
                .putHeader("Content-Type", "application/json")
                .putHeader("Location", "/api/v1/jobs/" + job.id())
                .end(Buffer.buffer(Json.of(json -> JobJson.write(json, job))));
    }

    /** What is still being sent is not read. */
    private static void refuse(RoutingContext context, Throwable why) {
        if (context.response().closed()) {
            return;
        }
        if (!context.request().isEnded()) {
            context.response().putHeader("Connection", "close");
        }
        context.fail(why);
    }
}

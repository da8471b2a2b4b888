package org.caravanhub.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanhub.backup.BackupFile;
import org.caravanhub.http.DirectHandler;
import org.caravanhub.http.FileSlices;
import org.caravanhub.http.FileTurns;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.ByteRange;
import org.caravanhub.ota.Conditions;

/** {@code download-backup}: the file, from the disk to the network by the kernel, whole or a part. */
final class BackupDownload implements DirectHandler {
    /** Each may take an hour over a slow radio; more are no owner any more. */
    private static final int MOST = 4;

    private static final int RETRY_SECONDS = 30;

    private final BackupShelves shelves;
    private final FileTurns turns = new FileTurns();
    private final AtomicInteger running = new AtomicInteger();

    private record Found(BackupFile file, String tag) {}

    BackupDownload(BackupShelves shelves) {
        this.shelves = shelves;
    }

    @Override
    public void handle(RoutingContext context, Question question) {
        context.vertx()
                .executeBlocking(() -> find(question.word("name")), false)
                .onFailure(context::fail)
                .onSuccess(found -> {
                    try {
                        answer(context, found);
                    } catch (Problem problem) {
                        context.fail(problem);
                    }
                });
    }

    private Found find(String name) throws java.io.IOException {
        BackupShelves.Placed placed = shelves.find(name);
        // A digest is of these very bytes; without one the length and the name have to do.
        String tag = placed.shelf()
                .digest(placed.file())
                .orElse(placed.file().name() + "-" + placed.file().bytes());
        return new Found(placed.file(), '"' + tag + '"');
    }

    private void answer(RoutingContext context, Found found) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        Conditions conditions = new Conditions(
                header(request, "If-Match"),
                header(request, "If-None-Match"),
                header(request, "If-Modified-Since"),
                header(request, "If-Unmodified-Since"),
                header(request, "If-Range"));
        BackupFile file = found.file();
        Conditions.Outcome outcome = conditions.of(found.tag(), file.madeAt());
        if (outcome == Conditions.Outcome.FAILED) {
            throw Problem.of(
                    ProblemCode.VERSION_CHANGED,
                    "The file here is another than the one that If-Match names. Begin from the start.");
        }
        response.putHeader("ETag", found.tag())
                .putHeader("Last-Modified", Conditions.date(file.madeAt()))
                .putHeader("Cache-Control", "private, no-store");
        if (outcome == Conditions.Outcome.NOT_MODIFIED) {
            response.setStatusCode(304).end();
            return;
        }
        ByteRange range = conditions.allowsRange(found.tag(), file.madeAt(), true)
                ? ByteRange.of(request.headers().getAll("Range"), file.bytes())
                : new ByteRange.Whole();
        if (range instanceof ByteRange.Beyond) {
            throw new Problem(
                    ProblemCode.RANGE_BEYOND,
                    "The file has " + file.bytes() + " bytes; there are none where this asks for some.",
                    List.of(),
                    Map.of("Content-Range", "bytes */" + file.bytes()));
        }
        ByteRange.Part part = range instanceof ByteRange.Part asked ? asked : new ByteRange.Part(0, file.bytes() - 1);
        if (range instanceof ByteRange.Part) {
            response.setStatusCode(206)
                    .putHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + file.bytes());
        }
        response.putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Content-Length", Long.toString(part.length()));
        send(context, file, part);
    }

    private void send(RoutingContext context, BackupFile file, ByteRange.Part part) {
        if (running.incrementAndGet() > MOST) {
            running.decrementAndGet();
            context.response().headers().clear();
            throw Problem.retry(
                    ProblemCode.BUSY, MOST + " backups are being sent. Ask again in a moment.", RETRY_SECONDS);
        }
        FileSlices slices = FileSlices.of(context, turns, sent -> {});
        context.response()
                .sendFile(file.path().toString(), part.first(), part.length())
                .onComplete(sent -> {
                    running.decrementAndGet();
                    slices.end();
                    if (sent.failed() && !context.response().headWritten()) {
                        context.response().headers().clear();
                        context.fail(sent.cause());
                    }
                });
    }

    private static String header(HttpServerRequest request, String name) {
        return String.join(",", request.headers().getAll(name));
    }
}

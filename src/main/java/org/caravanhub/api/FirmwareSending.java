package org.caravanhub.api;

import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanhub.http.FileSlices;
import org.caravanhub.http.FileTurns;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.ota.ByteRange;
import org.caravanhub.ota.Conditions;
import org.caravanhub.ota.ImageCheck;
import org.caravanhub.ota.Release;

/**
 * Sends the file of a release as clients of firmware need it, see {@code docs/reference/firmware-downloads.md}: from the disk to the
 * network by the kernel, with its exact length, whole or a part. Called on event loops.
 */
final class FirmwareSending {
    /** A device waits five seconds for the first byte, some less. */
    private static final long PATIENCE_MILLIS = 3_000;

    private static final int RETRY_SECONDS = 5;
    private static final int MOST = 400;

    private final FirmwareShelf shelf;
    private final FirmwareProgress progress;
    private final FileTurns turns = new FileTurns();
    private final AtomicInteger running = new AtomicInteger();

    /**
     * What is special about a way to a file.
     *
     * @param isForGood whether this address never has another file
     * @param missing what is said if the file is not there
     */
    record Way(boolean isForGood, String missing) {}

    FirmwareSending(FirmwareShelf shelf, FirmwareProgress progress) {
        this.shelf = shelf;
        this.progress = progress;
    }

    /**
     * Answers with the file.
     *
     * @param device whose download it is, if that is known
     */
    void send(RoutingContext request, Release release, Way way, Optional<String> device) {
        CompletableFuture<ImageCheck.State> state;
        try {
            state = shelf.state(release);
        } catch (RejectedExecutionException e) {
            request.fail(busy("Too many files have to be read first."));
            return;
        }
        if (state.isDone()) {
            answer(request, release, way, device, state.join());
            return;
        }
        Context loop = request.vertx().getOrCreateContext();
        AtomicBoolean isAnswered = new AtomicBoolean();
        long timer = request.vertx().setTimer(PATIENCE_MILLIS, late -> {
            if (isAnswered.compareAndSet(false, true)) {
                request.fail(busy("The file is being read for the first time since the hub started."));
            }
        });
        state.whenComplete((found, failure) -> loop.runOnContext(now -> {
            request.vertx().cancelTimer(timer);
            if (!isAnswered.compareAndSet(false, true)) {
                return;
            }
            if (found == null) {
                request.fail(failure);
            } else {
                answer(request, release, way, device, found);
            }
        }));
    }

    private void answer(
            RoutingContext request, Release release, Way way, Optional<String> device, ImageCheck.State state) {
        try {
            switch (state) {
                case SOUND -> answer(request, release, way, device);
                case MISSING -> throw Problem.of(ProblemCode.NOT_FOUND, way.missing());
                case DAMAGED ->
                    throw Problem.of(
                            ProblemCode.DAMAGED_FIRMWARE,
                            "The file of " + release.model() + " " + release.version()
                                    + " is not what was uploaded, so it is not handed out. "
                                    + FirmwareShelf.CURE);
            }
        } catch (Problem problem) {
            request.fail(problem);
        }
    }

    private void answer(RoutingContext context, Release release, Way way, Optional<String> device) {
        HttpServerRequest request = context.request();
        FirmwareHeaders headers = new FirmwareHeaders(release, way.isForGood());
        Conditions conditions = conditions(request);
        switch (conditions.of(headers.tag(), release.uploadedAt())) {
            case FAILED ->
                throw Problem.of(
                        ProblemCode.VERSION_CHANGED,
                        "The file here is another than the one that If-Match names. Begin from the start.");
            case NOT_MODIFIED -> {
                headers.writeKnown(context.response().setStatusCode(304));
                context.response().end();
                return;
            }
            case GO_ON -> {}
        }
        long total = release.artifact().size();
        boolean isGet = request.method().equals(HttpMethod.GET);
        ByteRange range = isGet && conditions.allowsRange(headers.tag(), release.uploadedAt(), way.isForGood())
                ? ByteRange.of(request.headers().getAll("Range"), total)
                : new ByteRange.Whole();
        if (range instanceof ByteRange.Beyond) {
            throw new Problem(
                    ProblemCode.RANGE_BEYOND,
                    "The file has " + total + " bytes; there are none where this asks for some.",
                    List.of(),
                    Map.of("Content-Range", "bytes */" + total));
        }
        if (isGet && running.get() >= MOST) {
            throw busy(MOST + " files are being sent.");
        }
        HttpServerResponse response = context.response();
        headers.write(response);
        if (request.version() == HttpVersion.HTTP_1_0
                && !"keep-alive".equalsIgnoreCase(request.getHeader("Connection"))) {
            response.putHeader("Connection", "close");
        }
        ByteRange.Part part = range instanceof ByteRange.Part asked ? asked : new ByteRange.Part(0, total - 1);
        if (range instanceof ByteRange.Part) {
            response.setStatusCode(206)
                    .putHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + total);
        }
        response.putHeader("Content-Length", Long.toString(part.length()));
        if (isGet) {
            stream(context, release, part, device);
        } else {
            response.end();
        }
    }

    private void stream(RoutingContext context, Release release, ByteRange.Part part, Optional<String> device) {
        running.incrementAndGet();
        device.ifPresent(id -> progress.reached(id, release, part.first()));
        FileSlices slices = FileSlices.of(
                context,
                turns,
                sent -> device.ifPresent(
                        id -> progress.reached(id, release, Math.min(part.first() + sent, part.last()))));
        String file = shelf.file(release).toString();
        context.response().sendFile(file, part.first(), part.length()).onComplete(sent -> {
            running.decrementAndGet();
            slices.end();
            if (sent.succeeded()) {
                boolean isLast = part.last() == release.artifact().size() - 1;
                device.filter(id -> isLast).ifPresent(id -> progress.done(id, release));
            } else if (!context.response().headWritten()) {
                context.response().headers().clear();
                context.fail(sent.cause());
            }
        });
    }

    private static Conditions conditions(HttpServerRequest request) {
        return new Conditions(
                header(request, "If-Match"),
                header(request, "If-None-Match"),
                header(request, "If-Modified-Since"),
                header(request, "If-Unmodified-Since"),
                header(request, "If-Range"));
    }

    /** All headers of this name, as if they were one. */
    private static String header(HttpServerRequest request, String name) {
        return String.join(",", request.headers().getAll(name));
    }

    private static Problem busy(String why) {
        return Problem.retry(ProblemCode.BUSY, why + " Ask again in a moment.", RETRY_SECONDS);
    }
}

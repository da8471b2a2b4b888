package org.caravanhub.upload;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.caravanhub.http.Json;
import org.caravanhub.ota.library.Arrival;
import org.caravanhub.ota.library.Catalogue;
import org.caravanhub.ota.library.Library;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload, from its first byte to its answer. While a block is written the client is not read from. Whatever ends it early, nothing of it
 * is left. Only for its event loop; what takes time is done by the desk's writers, one thing after the other.
 */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final int BLOCK = 64 * 1024;
    /** So much at least in the time of patience; less is somebody who wants to sit there. */
    private static final long LEAST_BYTES = 8 * 1024;
    /** So often in the time of patience: who stands still is told before the connection is taken for dead, which is after twice the time. */
    private static final int LOOKS = 2;

    private final Desk desk;
    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final Context loop;
    private final long deadline;
    private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);
    private Buffer block = Buffer.buffer();
    private @Nullable Arrival arrival;
    private long readBefore;
    private long read;
    private boolean wasLookedAt;
    private int working;
    private boolean isWriting;
    private boolean isOver;

    /** Something that takes time. */
    private interface Task {
        void run() throws IOException;
    }

    Upload(Desk desk, RoutingContext routing) {
        this.desk = desk;
        this.routing = routing;
        this.request = routing.request();
        this.loop = Objects.requireNonNull(Vertx.currentContext(), "called on an event loop");
        request.pause();
        request.exceptionHandler(this::fail);
        // It is called for a body that cannot be read, too; then there is still somebody to be told.
        routing.addEndHandler(ended -> {
            if (ended.failed()) {
                fail(ended.cause());
            } else {
                over(() -> {});
            }
        });
        this.deadline = routing.vertx().setPeriodic(desk.patience().toMillis() / LOOKS, tick -> look());
    }

    /** Makes room for a file, and then goes on; a client that waits for a word before it sends is told to. */
    void begin(OptionalLong announced, Runnable then) {
        later(() -> arrival = desk.library().begin(announced), () -> {
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect")) && request.bytesRead() == 0) {
                routing.response().writeContinue();
            }
            then.run();
        });
    }

    /** Writes all of the stream, which is paused, and then goes on. */
    void write(ReadStream<Buffer> stream, Runnable then) {
        stream.handler(bytes -> {
            if (!isOver) {
                block.appendBuffer(bytes);
                if (block.length() >= BLOCK && !isWriting) {
                    stream.pause();
                    flush(stream::resume);
                }
            }
        });
        stream.endHandler(end -> flush(then));
        stream.resume();
    }

    private void flush(Runnable then) {
        ByteBuffer bytes = ByteBuffer.wrap(block.getBytes());
        block = Buffer.buffer(BLOCK + 8192);
        isWriting = true;
        later(() -> Objects.requireNonNull(arrival).write(bytes), () -> {
            isWriting = false;
            then.run();
        });
    }

    /** Publishes what was written, and then goes on. */
    void publish(Library.Claim claim, Catalogue.By by, Consumer<Library.Publication> then) {
        Library.Publication[] made = new Library.Publication[1];
        later(
                () -> {
                    try (Arrival whole = Objects.requireNonNull(arrival)) {
                        made[0] = desk.library().publish(whole, claim, by);
                    }
                },
                () -> then.accept(made[0]));
    }

    /** The end as it should be. */
    void answer(int status, Json.Body body) {
        if (!isOver) {
            over(() -> {});
            routing.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(Json.of(body)));
        }
    }

    /** Any other end; what is still being sent is not read. It is told when nothing is left of the file. */
    void fail(Throwable why) {
        over(() -> {
            if (why instanceof HttpClosedException || routing.response().closed()) {
                return;
            }
            if (!request.isEnded()) {
                routing.response().putHeader("Connection", "close");
            }
            routing.fail(Failures.of(why));
        });
    }

    boolean isOver() {
        return isOver;
    }

    private void over(Runnable then) {
        if (isOver) {
            return;
        }
        isOver = true;
        routing.vertx().cancelTimer(deadline);
        desk.left();
        block = Buffer.buffer();
        try {
            work = work.thenRunAsync(this::drop, desk.writers())
                    .thenRun(() -> loop.runOnContext(dropped -> then.run()));
        } catch (RejectedExecutionException e) {
            // The hub ends; the next start takes away what was arriving.
            LOG.debug("upload given up", e);
        }
    }

    private void drop() {
        try {
            if (arrival != null) {
                arrival.close();
            }
        } catch (IOException e) {
            LOG.warn("firmware=not-cleared reason=\"{}\"", e.getMessage());
        }
    }

    private void look() {
        long now = request.bytesRead();
        // A form whose last line never came has ended for HTTP, and is waited for all the same.
        if (working == 0 && wasLookedAt && now - readBefore < LEAST_BYTES) {
            fail(Failures.stalled(now, desk.patience()));
        }
        readBefore = read;
        read = now;
        wasLookedAt = true;
    }

    /** Does it after what was begun before, and then goes on here unless the upload is over. */
    private void later(Task task, Runnable then) {
        working++;
        work = work.thenRunAsync(
                () -> {
                    Throwable failure = tried(task);
                    loop.runOnContext(back -> {
                        working--;
                        if (failure != null) {
                            fail(failure);
                        } else if (!isOver) {
                            then.run();
                        }
                    });
                },
                desk.writers());
    }

    private static @Nullable Throwable tried(Task task) {
        try {
            task.run();
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }
}

package org.caravanhub.upload;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.ota.library.Library;

/** Where uploads are taken: so many at a time, and fewer that write at the same moment. Without uploads it has no thread. */
public final class Desk implements AutoCloseable {
    /** More would only share the same disk. */
    private static final int WRITING = 4;

    /** Each has some blocks in memory. */
    private static final int MOST = 16;

    private static final int IDLE_SECONDS = 10;
    private static final int RETRY_SECONDS = 10;

    private final Library library;
    private final Duration patience;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadPoolExecutor writers;

    /**
     * A desk for this library.
     *
     * @param patience how long an upload may stand still
     */
    public Desk(Library library, Duration patience) {
        this.library = library;
        this.patience = patience;
        this.writers = new ThreadPoolExecutor(
                WRITING, WRITING, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "firmware-" + threads.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        writers.allowCoreThreadTimeOut(true);
    }

    /**
     * Takes an upload; its body is paused.
     *
     * @throws Problem if there are too many
     */
    Upload admit(RoutingContext context) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            context.response().putHeader("Connection", "close");
            throw Problem.retry(
                    ProblemCode.BUSY,
                    "There are " + MOST + " uploads at the moment. Upload it again in a moment.",
                    RETRY_SECONDS);
        }
        return new Upload(this, context);
    }

    Library library() {
        return library;
    }

    Duration patience() {
        return patience;
    }

    Executor writers() {
        return writers;
    }

    /** An upload has come to its end, whichever. */
    void left() {
        open.decrementAndGet();
    }

    /** What is arriving is given up. */
    @Override
    public void close() {
        writers.shutdownNow();
    }
}

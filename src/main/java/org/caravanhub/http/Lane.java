package org.caravanhub.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A bounded line for work of one kind: so many at once, so many waiting, the rest is told to come again. Waiting costs no thread, and
 * slow work of one kind cannot take the threads of another. Safe for use by many threads.
 */
final class Lane {
    private static final int RETRY_SECONDS = 2;

    private final int mostWaiting;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int free;

    private record Waiting(RoutingContext request, Context context) {}

    Lane(int atOnce, int mostWaiting) {
        this.free = atOnce;
        this.mostWaiting = mostWaiting;
    }

    /** Goes on with the request now or later, or refuses it. */
    void enter(RoutingContext request) {
        boolean now;
        synchronized (this) {
            now = free > 0;
            if (now) {
                free--;
            } else if (waiting.size() < mostWaiting) {
                waiting.add(new Waiting(request, Vertx.currentContext()));
                return;
            }
        }
        if (now) {
            goOn(request);
        } else {
            request.fail(Problem.retry(
                    ProblemCode.BUSY, "Too much of this is going on. Ask again in a moment.", RETRY_SECONDS));
        }
    }

    private void goOn(RoutingContext request) {
        if (request.response().closed() || request.response().ended()) {
            leave();
            return;
        }
        request.addEndHandler(done -> leave());
        request.next();
    }

    private void leave() {
        Waiting next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.context().runOnContext(now -> goOn(next.request()));
    }
}

package org.caravanhub.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends connections that only sit there: too many at once, and those whose request does not arrive (slowloris). Vert.x by itself ends
 * a connection only when nothing at all moves on it.
 */
final class Connections {
    private static final int MOST = 1000;
    private static final long SWEEP_MILLIS = 5_000;

    private final long patienceNanos;
    private final Map<HttpConnection, Turn> turns = new ConcurrentHashMap<>();

    /** Whose turn it is: the client's, to send a request, or the hub's, to answer. */
    private static final class Turn {
        volatile boolean clients = true;
        volatile long since = System.nanoTime();

        void pass(boolean toClient) {
            since = System.nanoTime();
            clients = toClient;
        }
    }

    Connections(long patienceMillis) {
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    void watch(Vertx vertx) {
        vertx.setPeriodic(Math.min(SWEEP_MILLIS, TimeUnit.NANOSECONDS.toMillis(patienceNanos)), tick -> sweep());
    }

    void opened(HttpConnection connection) {
        if (turns.size() >= MOST) {
            connection.close();
            return;
        }
        turns.put(connection, new Turn());
        connection.closeHandler(closed -> turns.remove(connection));
    }

    /** The head of a request is here; its body may still be on the way, and is the client's turn. */
    void asked(RoutingContext context) {
        Turn turn = turns.get(context.request().connection());
        if (turn == null) {
            return;
        }
        turn.pass(true);
        // An answer may come before the request is read to its end; then it is the client's turn again already.
        AtomicBoolean isAnswered = new AtomicBoolean();
        context.request().end().onComplete(arrived -> {
            if (!isAnswered.get()) {
                turn.pass(false);
            }
        });
        context.addEndHandler(answered -> {
            isAnswered.set(true);
            turn.pass(true);
        });
    }

    /** Whoever answers reads the body himself, and sees to it that it arrives. */
    void leaves(RoutingContext context) {
        Turn turn = turns.get(context.request().connection());
        if (turn != null) {
            turn.pass(false);
        }
    }

    int count() {
        return turns.size();
    }

    private void sweep() {
        long now = System.nanoTime();
        turns.forEach((connection, turn) -> {
            if (turn.clients && now - turn.since > patienceNanos) {
                connection.close();
            }
        });
    }
}

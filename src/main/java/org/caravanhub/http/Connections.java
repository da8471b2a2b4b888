package org.caravanhub.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections that only sit there: too many at once, and those whose request does not arrive (slowloris). Vert.x by itself ends
 * a connection only when nothing at all moves on it, and takes slow readers for such.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int MOST = 1000;
    /** How often a connection is written to before it is the others' turn. */
    private static final int WRITES_IN_TURN = 2;

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
        letSlowOnesRead(connection);
        ((ConnectionBase) connection).channel().config().setWriteSpinCount(WRITES_IN_TURN);
        // Without somebody who hears of it, each client that goes away in the middle of a file would be an error in the
        // log.
        connection.exceptionHandler(gone -> LOG.debug("http=connection-lost reason=\"{}\"", String.valueOf(gone)));
        connection.closeHandler(closed -> turns.remove(connection));
    }

    /**
     * A connection on which nothing moved for twice the patience is ended. Netty by itself looks at writes that are done, and a piece of a
     * file of a megabyte takes a slow radio minutes; so this looks at bytes that left.
     */
    private void letSlowOnesRead(HttpConnection connection) {
        ((ConnectionBase) connection)
                .channel()
                .pipeline()
                .addFirst(new IdleStateHandler(true, 0, 0, patienceNanos, TimeUnit.NANOSECONDS) {
                    @Override
                    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
                        // The first time it does not know yet whether bytes leave.
                        if (!event.isFirst()) {
                            context.close();
                        }
                    }
                });
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

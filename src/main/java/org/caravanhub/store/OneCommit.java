package org.caravanhub.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.jspecify.annotations.Nullable;

/**
 * The steps inside it are one transaction of the writer, between two commits of deliveries: all of them or none. Nothing is
 * acknowledged meanwhile, so they have to be few and short; {@link Pace} learns how much is.
 */
public final class OneCommit implements Policy {
    private final GroupCommit writer;
    private volatile long longestNanos;
    private final ThreadLocal<@Nullable Connection> lent = new ThreadLocal<>();

    /** Transactions of this writer. */
    public OneCommit(GroupCommit writer) {
        this.writer = writer;
    }

    /** The connection that is lent to the steps on this thread. */
    Connection connection() throws SQLException {
        Connection connection = lent.get();
        if (connection == null) {
            throw new SQLException("jdbc:writer is only there inside policy oneCommit");
        }
        return connection;
    }

    /** The longest that one of them took since the start. */
    public Duration longest() {
        return Duration.ofNanos(longestNanos);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // Nothing to prepare.
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        AsyncProcessor inside = AsyncProcessorConverterHelper.convert(steps);
        return exchange -> inOneCommit(inside, exchange);
    }

    private void inOneCommit(AsyncProcessor steps, Exchange exchange) throws Exception {
        Pace pace = exchange.getMessage().getHeader(Pace.HEADER, Pace.class);
        writer.lend(connection -> {
            long start = System.nanoTime();
            lent.set(connection);
            try {
                steps.process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            } finally {
                lent.remove();
            }
            if (exchange.getException() != null) {
                throw new SQLException(
                        "a step failed: " + exchange.getException().getMessage(), exchange.getException());
            }
            long took = System.nanoTime() - start;
            longestNanos = Math.max(longestNanos, took);
            if (pace != null) {
                pace.took(took);
            }
            return exchange;
        });
    }
}

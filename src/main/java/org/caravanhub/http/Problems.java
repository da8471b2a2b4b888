package org.caravanhub.http;

import java.util.Map;
import org.apache.camel.Exchange;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.QueriesBusy;
import org.caravanhub.store.QueryTooSlow;
import org.caravanhub.store.StillForgetting;
import org.caravanhub.store.StoreBusy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failure looks like from outside, written once for all operations. Used by routes as the bean {@code problems}. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int RETRY_SECONDS = 5;

    /** The answer for the exception that a route failed on. */
    public Answer answer(Exchange exchange) {
        Question question = Questions.of(exchange);
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Problem problem = of(caught, question.operation(), question.requestId());
        return new Answer(
                problem.code().status(),
                "application/problem+json",
                new java.io.ByteArrayInputStream(problem.json(question.path(), question.requestId())),
                problem.headers());
    }

    /** The problem behind a failure; what nobody can act on from outside goes to the log and is {@link ProblemCode#INTERNAL}. */
    static Problem of(@org.jspecify.annotations.Nullable Throwable failure, String operation, String requestId) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof QueryTooSlow) {
            return new Problem(
                    ProblemCode.QUERY_TOO_SLOW,
                    "The query was stopped because it took too long. Ask for a shorter time, fewer devices or a smaller page.",
                    java.util.List.of(),
                    Map.of());
        }
        if (failure instanceof QueriesBusy) {
            return Problem.retry(ProblemCode.BUSY, "Too many queries at once. Ask again in a moment.", RETRY_SECONDS);
        }
        if (failure instanceof DatabaseAway) {
            return Problem.retry(
                    ProblemCode.DATABASE_AWAY,
                    "The database does not answer. What devices send is kept meanwhile; ask again in a moment.",
                    RETRY_SECONDS);
        }
        if (failure instanceof StillForgetting) {
            return Problem.of(ProblemCode.NOT_NOW, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof StoreBusy) {
            return Problem.retry(
                    ProblemCode.STORE_BUSY,
                    "It was not stored, because the database did not take it in time. Send it again; a repeat is kept once.",
                    RETRY_SECONDS);
        }
        if (failure instanceof NumberFormatException unreadable
                && String.valueOf(unreadable.getMessage()).startsWith("Chunk size")) {
            // Netty's decoder, of a body that is still arriving: the sender's mistake.
            return Problem.of(ProblemCode.BAD_REQUEST, "The size of a chunk of the body cannot be read.");
        }
        LOG.error("request failed operation={} request_id={}", operation, requestId, failure);
        return Problem.of(
                ProblemCode.INTERNAL, "The hub failed on this request. Its log has the details under the request id.");
    }
}

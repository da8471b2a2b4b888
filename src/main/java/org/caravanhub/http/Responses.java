package org.caravanhub.http;

import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What all responses have in common, and how a failure is answered. Safe for use by many threads. */
final class Responses {
    private static final long LINGER_MILLIS = 500;
    private static final long LINGER_BYTES = 512 * 1024;

    private static final String REQUEST_ID = "requestId";
    private static final String CACHE_CONTROL = "Cache-Control";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            CACHE_CONTROL,
            "no-store");

    private final String start = Long.toString(System.currentTimeMillis(), 36);
    private final AtomicLong count = new AtomicLong();

    /** Sets the headers that every response has, and gives the request its id. */
    String prepare(RoutingContext context) {
        String requestId = start + "-" + count.incrementAndGet();
        context.put(REQUEST_ID, requestId);
        HttpServerResponse response = context.response();
        response.putHeader("X-Request-Id", requestId);
        ALWAYS.forEach(response::putHeader);
        MultiMap asked =
                MultiMap.caseInsensitiveMultiMap().addAll(context.request().headers());
        context.addHeadersEndHandler(now -> {
            List<Map.Entry<String, String>> query = context.get(Gate.QUERY);
            if (query != null) {
                query.forEach(pair -> asked.add(pair.getKey(), pair.getValue()));
                asked.addAll(context.request().formAttributes());
            }
            CamelNames.removeEchoes(response.headers(), asked);
            if (response.headers().contains("ETag")
                    && Objects.equals(
                            ALWAYS.get(CACHE_CONTROL), response.headers().get(CACHE_CONTROL))) {
                response.putHeader(CACHE_CONTROL, "private, no-cache");
            }
        });
        return requestId;
    }

    /** Answers a request that failed; one whose answer has begun already can only be cut off, so that nobody takes it for whole. */
    void fail(RoutingContext context) {
        if (context.response().headWritten()) {
            context.request().connection().close();
            return;
        }
        String requestId = String.valueOf(context.<Object>get(REQUEST_ID));
        Operation operation = context.get(Gate.OPERATION);
        Problem problem = problem(context, operation == null ? "" : operation.id(), requestId);
        String path = context.request().path();
        write(context.request(), problem, path == null ? "" : path, requestId);
    }

    /** Answers what is not HTTP. */
    void unreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String reason = cause == null ? "" : String.valueOf(cause.getMessage());
        ProblemCode code = ProblemCode.BAD_REQUEST;
        if (cause instanceof io.netty.handler.codec.TooLongFrameException) {
            code = reason.contains("header") ? ProblemCode.HEADERS_TOO_LARGE : ProblemCode.URI_TOO_LONG;
        }
        Problem problem = new Problem(
                code, "The request could not be read as HTTP/1.1.", List.of(), Map.of("Connection", "close"));
        ALWAYS.forEach(request.response()::putHeader);
        write(request, problem, "", start + "-" + count.incrementAndGet());
        request.connection().close();
    }

    private static Problem problem(RoutingContext context, String operation, String requestId) {
        @Nullable Throwable failure = context.failure();
        return switch (context.statusCode()) {
            case 404 -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path.");
            case 405 -> Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "This path does not take this method.");
            case 400, 406 -> Problem.of(ProblemCode.BAD_REQUEST, "The request could not be understood.");
            case 413 ->
                new Problem(
                        ProblemCode.TOO_LARGE,
                        "The body is larger than " + HttpEdge.LARGEST_BODY / 1024 + " KB. Send it in smaller parts.",
                        List.of(),
                        Map.of("Connection", "close"));
            case 415 -> Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "A body of this type is not understood here.");
            default -> Problems.of(failure, operation, requestId);
        };
    }

    private static void write(HttpServerRequest request, Problem problem, String path, String requestId) {
        HttpServerResponse response =
                request.response().setStatusCode(problem.code().status());
        problem.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", "application/problem+json");
        boolean close = "close".equals(response.headers().get("Connection"));
        response.end(Buffer.buffer(problem.json(path, requestId))).onComplete(sent -> {
            if (close) {
                closeSoon(request);
            }
        });
    }

    /**
     * A connection that is closed while its client still sends is reset, and the client never reads the answer. So what comes is
     * thrown away for a moment first.
     */
    private static void closeSoon(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        if (context == null) {
            request.connection().close();
        } else {
            context.owner().setTimer(LINGER_MILLIS, over -> request.connection().close());
            if (!request.isEnded()) {
                AtomicLong thrownAway = new AtomicLong();
                request.handler(bytes -> {
                    if (thrownAway.addAndGet(bytes.length()) > LINGER_BYTES) {
                        request.connection().close();
                    }
                });
                request.resume();
            }
        }
    }
}

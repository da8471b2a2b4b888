package org.caravanhub.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.BindException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.caravanhub.settings.CannotListen;
import org.caravanhub.settings.PortHolder;
import org.caravanhub.settings.PortTaken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's one HTTP port. Camel's routes that start from {@code platform-http:} are on it, behind the {@link Gate}.
 *
 * <p>Three steps, in this order: {@link #attachTo} before the routes of the API are loaded, {@link #listen} when they run, {@link
 * #close} at the end. Not safe for use by many threads; it serves many.
 */
public final class HttpEdge implements AutoCloseable {
    /** The largest body that is taken, in bytes. */
    public static final int LARGEST_BODY = 256 * 1024;

    /** The largest field of a form that is no file, in bytes. */
    public static final int LARGEST_FIELD = 16 * 1024;

    /**
     * Bytes that the kernel takes from us at a time for one client. Left to itself it takes four megabytes each, so that 200 downloads hold
     * the memory of a small computer, push each other out of its cache, and make whoever comes next wait for a megabyte of each.
     */
    private static final int SEND_BUFFER = 128 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
    private static final String OPTION = "--http-port";
    private static final int FIRST = -1000;
    private static final int START_SECONDS = 20;
    private static final int STOP_SECONDS = 3;

    private final Settings settings;
    private final Gate gate;
    private final Contract contract;
    private final EventStream events;
    private final Responses responses;
    private final Connections connections;
    private final Map<String, Lane> lanes = Map.of(
            "ingest", new Lane(8, 256), "query", new Lane(6, 64), "mend", new Lane(1, 8), "reach", new Lane(1, 8));
    private final Map<String, DirectHandler> direct = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final Router router;
    private @Nullable HttpServer server;

    /**
     * Where to listen, and how patient to be.
     *
     * @param port TCP port; 0 for any that is free
     * @param address local address: {@code 0.0.0.0} for every network, {@code 127.0.0.1} for this machine only
     * @param hosts names of this hub beside its addresses, see {@link HostRule}
     * @param patienceMillis how long a request may take to arrive
     */
    public record Settings(int port, String address, List<String> hosts, long patienceMillis) {
        /** As the hub runs; the machine's own name is a name of the hub. */
        public static Settings of(int port, String address, List<String> furtherNames) {
            List<String> names = new ArrayList<>(furtherNames);
            names.add(HostRule.ownName());
            return new Settings(port, address, names, TimeUnit.SECONDS.toMillis(30));
        }
    }

    /** An edge that does not listen yet. */
    public HttpEdge(Settings settings, Contract contract, SignIn signIn, EventStream events, Clock clock) {
        this.settings = settings;
        this.gate = new Gate(new HostRule(settings.hosts()), signIn, contract, clock);
        this.contract = contract;
        this.events = events;
        this.responses = new Responses();
        this.connections = new Connections(settings.patienceMillis());
        this.direct.put(EventStream.class.getSimpleName(), events::open);
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(24)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        this.router = router();
    }

    /** Lets routes of this context start from {@code platform-http:}. */
    public void attachTo(CamelContext camel) {
        // Camel looks for its router by the port's number, and for this name if it does not know the port yet.
        String name = VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO;
        camel.getRegistry().bind(name, new PassedRouter(vertx, router, contract, name));
        camel.addRoutePolicyFactory(new FailedFlow());
    }

    /**
     * Opens the port; when this returns, requests are answered.
     *
     * @throws PortTaken if another process has it
     * @throws CannotListen if it cannot be opened for another reason
     */
    public void listen() {
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(16 * 1024)
                .setMaxFormAttributeSize(LARGEST_FIELD)
                .setMaxFormFields(64)
                .setSendBufferSize(SEND_BUFFER)
                // The connections are watched by ourselves.
                .setIdleTimeout(0)
                .setDecompressionSupported(false)
                .setCompressionSupported(false);
        HttpServer created = vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .invalidRequestHandler(responses::unreadable)
                .requestHandler(router);
        try {
            server = created.listen(settings.port(), settings.address())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BindException taken ? portTaken(taken) : notOpened(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notOpened(e);
        } catch (TimeoutException e) {
            throw notOpened(e);
        }
        connections.watch(vertx);
        events.start(vertx);
        LOG.info("http=listening address={} port={}", settings.address(), port());
    }

    /** The port that it listens on. */
    public int port() {
        HttpServer running = server;
        if (running == null) {
            throw new IllegalStateException("HTTP does not listen yet");
        }
        return running.actualPort();
    }

    /** Who answers the operations whose {@code x-handler} in the contract has this name; before {@link #listen}. */
    public void answer(String name, DirectHandler handler) {
        direct.put(name, handler);
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        events.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("http=not-closed", e);
        }
    }

    private Router router() {
        Router made = Router.router(vertx);
        made.route().order(FIRST).handler(this::first).failureHandler(responses::fail);
        BodyHandler bodies = BodyHandler.create(false).setBodyLimit(LARGEST_BODY);
        made.route().order(FIRST + 1).handler(context -> {
            if (isDirect(context)) {
                context.next();
            } else {
                bodies.handle(context);
            }
        });
        made.route().order(FIRST + 2).handler(this::last);
        for (int status : new int[] {400, 404, 405, 406, 413, 415, 500, 503}) {
            made.errorHandler(status, responses::fail);
        }
        return made;
    }

    private void first(RoutingContext context) {
        String requestId = responses.prepare(context);
        context.request().headers().set(FailedFlow.REQUEST_ID, requestId);
        connections.asked(context);
        try {
            gate.check(context, requestId);
        } catch (Problem problem) {
            context.fail(problem);
        }
    }

    private void last(RoutingContext context) {
        Operation operation = context.get(Gate.OPERATION);
        if (operation != null && isDirect(context)) {
            connections.leaves(context);
            Objects.requireNonNull(direct.get(operation.handler()), operation.handler())
                    .handle(context, context.get(Gate.QUESTION));
            return;
        }
        // A form's fields become headers in Camel too.
        CamelNames.removeFrom(context.request().formAttributes());
        if (operation == null) {
            context.next();
        } else if (operation.lane().isEmpty()) {
            context.next();
        } else {
            Objects.requireNonNull(lanes.get(operation.lane()), operation.lane())
                    .enter(context);
        }
    }

    private static boolean isDirect(RoutingContext context) {
        Operation operation = context.get(Gate.OPERATION);
        return operation != null && !operation.handler().isEmpty();
    }

    private RuntimeException portTaken(BindException reason) {
        if (!String.valueOf(reason.getMessage()).contains("in use")) {
            return notOpened(reason);
        }
        String holder = PortHolder.of(settings.port()).map(PortHolder::toString).orElse("a process of another user");
        return new PortTaken(settings.port(), holder, OPTION);
    }

    private CannotListen notOpened(@Nullable Throwable reason) {
        return new CannotListen(settings.address(), settings.port(), OPTION, reason);
    }

    /** Camel's view of the router; bodies are read already when a route sees a request. */
    private static final class PassedRouter extends VertxPlatformHttpRouter {
        private final Contract contract;

        PassedRouter(Vertx vertx, Router router, Contract contract, String name) {
            super(null, vertx, router, name);
            this.contract = contract;
        }

        /**
         * For Vert.x a colon begins a parameter wherever it stands; here only after a slash, so that {@code quarantine:replay} is a name.
         * What the contract has below another path too is there at both.
         */
        @Override
        public Route route(String path) {
            String below = contract.below(path.replaceAll("(?<=/):(\\w+)", "{$1}"));
            if (!below.isEmpty()) {
                return routeWithRegex(PathPattern.of(below, path));
            }
            return PathPattern.hasVerb(path) ? routeWithRegex(PathPattern.of(path)) : super.route(path);
        }

        @Override
        public Handler<RoutingContext> bodyHandler() {
            return RoutingContext::next;
        }
    }
}

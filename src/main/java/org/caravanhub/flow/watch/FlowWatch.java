package org.caravanhub.flow.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches every flow of a Camel context: what passes, what fails, what hangs. A flow that is changed, or made anew in another way,
 * starts at zero. Safe for several threads.
 */
public final class FlowWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowWatch.class);

    private static final String API = "api";

    private final Crowd crowd = new Crowd();
    private final Map<String, FlowActivity> flows = new ConcurrentHashMap<>();
    private final Set<Hand> hands = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Hand> mine = ThreadLocal.withInitial(this::newHand);
    private final Watchdog watchdog = new Watchdog(flows, hands);
    private volatile @Nullable CamelContext camel;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Watches what is added to this context from now on, and looks after it once a second until {@link #close}. */
    public void attachTo(CamelContext camel) {
        this.camel = camel;
        camel.getCamelContextExtension().addInterceptStrategy(this::watched);
        camel.addRoutePolicyFactory((context, flow, route) -> policy(flow, route));
        Thread thread = new Thread(this::lookAfter, "flow-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * From now on this is told when a flow begins to fail, and when it has not failed for five minutes, within a second; on the thread
     * that watches, so it must be quick.
     *
     * @param told the flow's id, and why; empty if it does not fail any more
     */
    public void listen(BiConsumer<String, Optional<Trouble>> told) {
        watchdog.listen(told);
    }

    /** What is watched; nothing before {@link #attachTo}. */
    Optional<CamelContext> watched() {
        return Optional.ofNullable(camel);
    }

    /** What passed a flow; nothing if there is no such flow. */
    public Optional<FlowFigures> figures(String flow) {
        return Optional.ofNullable(flows.get(flow)).map(FlowActivity::figures);
    }

    /** Why a flow is failing now; empty if it is not. */
    public Optional<Trouble> trouble(String flow) {
        return Optional.ofNullable(flows.get(flow)).flatMap(FlowActivity::trouble);
    }

    /** The ids of the flows that are failing now. */
    public List<String> failing() {
        return flows.values().stream()
                .filter(flow -> flow.trouble().isPresent())
                .map(flow -> flow.id)
                .sorted()
                .toList();
    }

    /**
     * Has a flow let go of what it is busy with: what hangs is interrupted, and what is in it now fails at its next step and goes where
     * its policy sends it. Before a flow is stopped, and when it is resumed. A step that computes for ever without looking up cannot be
     * helped; it keeps its thread and nothing else.
     */
    public void giveUp(String flow) {
        FlowActivity activity = flows.get(flow);
        if (activity != null && activity.trouble().filter(Trouble::hangs).isPresent()) {
            activity.giveUp();
            watchdog.interrupt(flow);
        }
    }

    /** The tracer of a flow, if somebody traces it. */
    Optional<Tracer> tracer(String flow) {
        return Optional.ofNullable(flows.get(flow)).map(FlowActivity::tracer);
    }

    /** Has a flow traced, or no more. */
    boolean traceWith(String flow, @Nullable Tracer tracer) {
        FlowActivity activity = flows.get(flow);
        if (activity != null) {
            activity.traceWith(tracer);
        }
        return activity != null;
    }

    /** Looks for what hangs, now instead of within a second. */
    void look() {
        watchdog.look();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private Processor watched(CamelContext context, NamedNode node, Processor target, @Nullable Processor next) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(node);
        FlowActivity flow = route == null ? flow("", this, null, "") : flow(route);
        return new WatchedStep(flow.step(node), target, mine);
    }

    private FlowActivity flow(RouteDefinition route) {
        String begins = Objects.requireNonNullElse(route.getInput().getEndpointUri(), "");
        return flow(route.getRouteId(), route, route.getGroup(), begins);
    }

    private FlowActivity flow(String id, Object definition, @Nullable String group, String begins) {
        // Those of the API wait in lanes before they begin.
        boolean isCrowded = begins.startsWith("platform-http:") && !API.equals(group);
        return flows.compute(
                id,
                (same, known) -> known != null && known.isOf(definition)
                        ? known
                        : new FlowActivity(id, definition, group, isCrowded ? Optional.of(crowd) : Optional.empty()));
    }

    private RoutePolicy policy(String id, NamedNode definition) {
        FlowActivity flow = definition instanceof RouteDefinition route ? flow(route) : flow(id, definition, null, "");
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route route, Exchange exchange) {
                flow.begun(exchange);
            }

            @Override
            public void onExchangeDone(Route route, Exchange exchange) {
                flow.over();
            }

            @Override
            public void onRemove(Route route) {
                flows.remove(id, flow);
            }
        };
    }

    private Hand newHand() {
        Hand hand = new Hand();
        hands.add(hand);
        return hand;
    }

    private void lookAfter() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                try {
                    new ArrayList<>(flows.values()).forEach(FlowActivity::tick);
                    watchdog.look();
                } catch (RuntimeException e) {
                    LOG.warn("flow-watch=stumbled reason=\"{}\"", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

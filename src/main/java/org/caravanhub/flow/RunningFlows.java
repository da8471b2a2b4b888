package org.caravanhub.flow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in Camel, unit by unit. Camel's own reload removes a flow before it knows whether the new one can be built, and on 4.17
 * does not find the way back; here what a unit made is remembered, and all of it goes when the unit goes. Used by one thread.
 */
final class RunningFlows {
    private static final Logger LOG = LoggerFactory.getLogger(RunningFlows.class);
    private static final long STOP_SECONDS = 5;

    private final ModelCamelContext camel;
    private final Hub hub;
    private final Map<Unit, Made> made = new LinkedHashMap<>();

    /** What a unit made in Camel. */
    private record Made(
            List<RouteDefinition> flows,
            List<RouteConfigurationDefinition> policies,
            List<RouteTemplateDefinition> templates) {}

    /** What came of a change. */
    record Change(Set<String> started, Set<String> stopped, List<Refused> refused) {}

    RunningFlows(CamelContext camel, PausedFlows paused, Hub hub) {
        this.hub = hub;
        this.camel = (ModelCamelContext) camel;
        paused.keepStoppedIn(this.camel);
    }

    /** The ids of all flows, of paused ones too. */
    Set<String> flows() {
        Set<String> ids = new TreeSet<>();
        made.values().forEach(what -> what.flows.forEach(flow -> ids.add(flow.getRouteId())));
        return ids;
    }

    /** The ids of the flows that a file's units made. */
    Set<String> flowsOf(String path) {
        Set<String> ids = new TreeSet<>();
        made.forEach((unit, what) -> {
            if (unit.path().equals(path)) {
                what.flows.forEach(flow -> ids.add(flow.getRouteId()));
            }
        });
        return ids;
    }

    /**
     * Stops what is not wanted, starts what is missing, and leaves alone what is the same. A unit that Camel refuses is left out, the
     * others run.
     *
     * @param wanted in the order in which they are to be started
     */
    Change become(List<Unit> wanted) {
        Map<Unit, Unit> kept = new IdentityHashMap<>();
        List<Unit> leaving = new ArrayList<>(made.keySet());
        for (Unit unit : wanted) {
            leaving.stream().filter(unit::isLike).findFirst().ifPresent(same -> {
                leaving.remove(same);
                kept.put(unit, same);
            });
        }
        rebuild(wanted, kept, leaving);
        Set<String> stopped = new TreeSet<>();
        for (Unit unit : leaving) {
            stopped.addAll(remove(unit));
        }
        kept.forEach((unit, same) -> {
            if (!unit.path().equals(same.path())) {
                Made what = made.remove(same);
                if (what != null) {
                    made.put(unit, what);
                }
            }
        });
        Set<String> started = new TreeSet<>();
        List<Refused> refused = new ArrayList<>();
        for (Unit unit : wanted) {
            if (!kept.containsKey(unit)) {
                try {
                    started.addAll(load(unit));
                } catch (Exception e) { // whatever a component may throw
                    refused.add(new Refused(unit, NotStarted.mistake(unit, e)));
                }
            }
        }
        return new Change(started, stopped, refused);
    }

    /** Camel builds policies and templates into the flows that use them. */
    private static void rebuild(List<Unit> wanted, Map<Unit, Unit> kept, List<Unit> leaving) {
        List<Unit> changed = new ArrayList<>(leaving);
        wanted.stream().filter(unit -> !kept.containsKey(unit)).forEach(changed::add);
        for (int i = 0; i < changed.size(); i++) {
            Unit base = changed.get(i);
            for (Unit unit : List.copyOf(kept.keySet())) {
                if (unit.isBuiltFrom(base)) {
                    Unit old = kept.remove(unit);
                    leaving.add(old);
                    changed.add(unit);
                }
            }
        }
    }

    private Set<String> load(Unit unit) throws Exception {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        List<RouteDefinition> flows = List.copyOf(model.getRouteDefinitions());
        List<RouteConfigurationDefinition> policies = List.copyOf(model.getRouteConfigurationDefinitions());
        List<RouteTemplateDefinition> templates = List.copyOf(model.getRouteTemplateDefinitions());
        Set<Endpoint> endpoints = identities(camel.getEndpoints());
        boolean isLoaded = false;
        try {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(
                            ResourceHelper.fromBytes(unit.path(), unit.text().getBytes(StandardCharsets.UTF_8)));
            isLoaded = true;
        } finally {
            Made what = new Made(
                    added(model.getRouteDefinitions(), flows),
                    added(model.getRouteConfigurationDefinitions(), policies),
                    added(model.getRouteTemplateDefinitions(), templates));
            made.put(unit, what);
            if (!isLoaded) {
                remove(unit);
                releaseAllBut(endpoints);
            }
        }
        return flowsOf(unit);
    }

    private Set<String> remove(Unit unit) {
        Made what = made.get(unit);
        if (what == null) {
            return Set.of();
        }
        Set<String> ids = flowsOf(unit);
        made.remove(unit);
        for (RouteDefinition flow : what.flows) {
            stop(flow.getRouteId());
            removeFlow(flow);
        }
        what.policies.forEach(
                policy -> quietly("policy " + policy.getId(), () -> camel.removeRouteConfiguration(policy)));
        what.templates.forEach(template ->
                quietly("template " + template.getId(), () -> camel.removeRouteTemplateDefinition(template)));
        return ids;
    }

    private void removeFlow(RouteDefinition flow) {
        quietly("flow " + flow.getRouteId(), () -> camel.removeRoute(flow.getRouteId()));
        // One that could not be started is in the model only.
        quietly("flow " + flow.getRouteId(), () -> camel.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteDefinitions()
                .remove(flow));
    }

    /** Stops a flow, within seconds even if it hangs; the brokers keep what it has not done. */
    void stop(String id) {
        hub.letGo(id);
        quietly("flow " + id, () -> camel.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS));
    }

    /** Starts a flow that was stopped. */
    void start(String id) throws Exception {
        camel.getRouteController().startRoute(id);
    }

    private Set<String> flowsOf(Unit unit) {
        Set<String> ids = new TreeSet<>();
        Made what = made.get(unit);
        if (what != null) {
            what.flows.forEach(flow -> ids.add(flow.getRouteId()));
        }
        return ids;
    }

    private void releaseAllBut(Set<Endpoint> before) {
        for (Endpoint endpoint : List.copyOf(camel.getEndpoints())) {
            if (!before.contains(endpoint)) {
                quietly("endpoint", () -> camel.removeEndpoint(endpoint));
            }
        }
    }

    private static Set<Endpoint> identities(Collection<Endpoint> endpoints) {
        Set<Endpoint> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(endpoints);
        return set;
    }

    private static <T> List<T> added(List<T> now, List<T> before) {
        Set<T> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(before);
        return now.stream().filter(one -> !known.contains(one)).toList();
    }

    private static void quietly(String what, Act act) {
        try {
            act.run();
        } catch (Exception e) { // what remains of a flow must not keep the next one from running
            LOG.warn("{} not cleared away reason=\"{}\"", what, e.getMessage());
        }
    }

    private interface Act {
        void run() throws Exception;
    }
}

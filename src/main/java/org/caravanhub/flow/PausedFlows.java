package org.caravanhub.flow;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/** Which flows somebody has paused; a flow that is edited while it is paused stays so. Safe for use by many threads. */
final class PausedFlows {
    private final Set<String> ids = new ConcurrentSkipListSet<>();

    boolean contains(String id) {
        return ids.contains(id);
    }

    Set<String> ids() {
        return new TreeSet<>(ids);
    }

    void add(String id) {
        ids.add(id);
    }

    void remove(String id) {
        ids.remove(id);
    }

    /** Has Camel not start them when they are loaded. */
    void keepStoppedIn(ModelCamelContext camel) {
        camel.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .addModelLifecycleStrategy(new ModelLifecycleStrategySupport() {
                    @Override
                    public void onAddRouteDefinition(RouteDefinition flow) {
                        String id = flow.getId();
                        if (id != null && ids.contains(id)) {
                            flow.setAutoStartup("false");
                        }
                    }
                });
    }
}

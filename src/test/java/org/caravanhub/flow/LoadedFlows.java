package org.caravanhub.flow;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.apache.camel.CamelContext;

/** Flows of a folder, as the hub has them. */
public final class LoadedFlows {
    private LoadedFlows() {}

    /** Flows that are loaded; fails if one is not as it should be. */
    public static Flows of(Path routes, CamelContext camel) {
        Flows flows = in(routes);
        start(flows, camel);
        return flows;
    }

    /** Flows that are not loaded yet; their history is hidden in the folder. */
    public static Flows in(Path routes, String... optional) {
        return new Flows(new Flows.Settings(
                routes, Set.of(optional), routes.resolve(".flows"), "test", new SmallCheck(), Clock.systemUTC()));
    }

    /** Loads them; fails if one is not as it should be. */
    public static void start(Flows flows, CamelContext camel) {
        flows.start(camel, Hub.NONE, change -> {});
        flows.files().stream()
                .flatMap(file -> file.mistakes().stream())
                .findFirst()
                .ifPresent(mistake -> {
                    throw new AssertionError(mistake.text());
                });
    }
}

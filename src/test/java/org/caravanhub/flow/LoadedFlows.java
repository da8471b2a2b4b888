package org.caravanhub.flow;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.apache.camel.CamelContext;

/** Flows of a folder, loaded once as the hub does it at its start. */
public final class LoadedFlows {
    private LoadedFlows() {}

    /** Loads them; fails if one is not as it should be. History goes beside the folder. */
    public static Flows of(Path routes, CamelContext camel) {
        Flows flows = new Flows(new Flows.Settings(
                routes, Set.of(), routes.resolveSibling("flows"), "test", new SmallCheck(), Clock.systemUTC()));
        flows.start(camel, Hub.NONE, change -> {});
        flows.files().stream()
                .flatMap(file -> file.mistakes().stream())
                .findFirst()
                .ifPresent(mistake -> {
                    throw new AssertionError(mistake.text());
                });
        return flows;
    }
}

package org.caravanhub.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the ids out of a flow file before Camel sees it: Camel silently replaces a running flow by another of the same id. */
final class FlowIds {
    private static final List<String> WITH_ID = List.of("route", "routeConfiguration", "routeTemplate");
    private static final int LARGEST_BYTES = 1024 * 1024;
    private static final int MOST_ALIASES = 50;

    private FlowIds() {}

    /**
     * The ids of the flows, policies and templates in a file; those without one are left out.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is not YAML, larger than 1 MiB, or has more than 50 aliases
     */
    static List<String> in(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(LARGEST_BYTES)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        List<String> ids = new ArrayList<>();
        if (new Load(settings).loadFromString(yaml) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map) {
                    WITH_ID.forEach(kind -> addId(map.get(kind), ids));
                }
            }
        }
        return ids;
    }

    private static void addId(@org.jspecify.annotations.Nullable Object flow, List<String> ids) {
        if (flow instanceof Map<?, ?> map && map.get("id") instanceof String id) {
            ids.add(id);
        }
    }
}

package org.caravanhub.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command says which messages in quarantine it means. */
final class QuarantineSelection {
    private static final int MOST_IDS = 200;

    @Option(names = "--id", paramLabel = "ID", split = ",", description = "Only these, by number: --id 7,9")
    private List<Long> ids = new ArrayList<>();

    @Option(names = "--cause", paramLabel = "CAUSE", description = "Only this class of mistake, for example not_json.")
    private @Nullable String cause;

    @Option(names = "--flow", paramLabel = "FLOW", description = "Only what this flow set aside.")
    private @Nullable String flow;

    @Option(names = "--step", paramLabel = "STEP", description = "Only what this step of a flow set aside.")
    private @Nullable String step;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only what this device sent.")
    private @Nullable String device;

    /** As parameters of a question; none if nothing was said. */
    Map<String, String> query() {
        if (ids.size() > MOST_IDS) {
            throw new CommandFailed(
                    ExitCode.USAGE, "more than " + MOST_IDS + " numbers", "select them by --cause, --flow or --device");
        }
        Map<String, String> query = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            query.put("ids", String.join(",", ids.stream().map(String::valueOf).toList()));
        }
        put(query, "cause", cause);
        put(query, "flow", flow);
        put(query, "step", step);
        put(query, "device", device);
        return query;
    }

    /**
     * The same, or everything if that was said.
     *
     * @throws CommandFailed if nothing was said
     */
    Map<String, String> query(boolean all) {
        Map<String, String> query = query();
        if (query.isEmpty() != all) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    all ? "--all means every message, the other options some" : "it does not say which messages",
                    "caravan message quarantine groups");
        }
        if (all) {
            query.put("all", "true");
        }
        return query;
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}

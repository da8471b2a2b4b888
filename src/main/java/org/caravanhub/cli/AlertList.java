package org.caravanhub.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan alert list}. */
@Command(name = "list", description = "List the alerts that are not over, newest first.")
final class AlertList implements Callable<Integer> {
    private static final String PATH = "/api/v1/alerts";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--all", description = "Those that are over, too.")
    private boolean all;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only those of this device.")
    private @Nullable String device;

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "Only low, normal, high or urgent ones.")
    private @Nullable String severity;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    AlertList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        if (all) {
            query.put("state", "all");
        }
        if (device != null) {
            query.put("device", device);
        }
        if (severity != null) {
            query.put("severity", severity);
        }
        return new Listing(here, client)
                .right("id")
                .left("severity")
                .left("state", AlertList::state)
                .ago("since", "opened_at")
                .right("count")
                .left("device")
                .left("name")
                .left("title")
                .show(client.api(here), PATH, query, limit, this::nothing);
    }

    private static String state(Json alert) {
        boolean isMuted = alert.text("muted").filter("true"::equals).isPresent();
        return alert.textOrEmpty("state") + (isMuted ? ", muted" : "");
    }

    private String nothing() {
        if (all) {
            return "There is no such alert.";
        }
        return (device == null && severity == null ? "No alert is open." : "No such alert is open.")
                + " Those that are over: " + client.command("alert list --all");
    }
}

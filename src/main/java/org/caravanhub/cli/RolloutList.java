package org.caravanhub.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan rollout list}. */
@Command(name = "list", description = "List rollouts, the newest first.")
final class RolloutList implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those: running, paused, completed, stopped, rolling_back or rolled_back.")
    private @Nullable String state;

    @Option(names = "--model", paramLabel = "MODEL", description = "Only those of this model.")
    private @Nullable String model;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    RolloutList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        if (state != null) {
            query.put("state", state);
        }
        if (model != null) {
            query.put("model", model);
        }
        return new Listing(here, client)
                .right("id")
                .left("name")
                .left("model")
                .left("version")
                .left("state")
                .right("percent")
                .left("devices", rollout -> rollout.member("counts").textOrEmpty("devices"))
                .left("done", rollout -> rollout.member("counts").textOrEmpty("done"))
                .left("failed", rollout -> Long.toString(RolloutText.failed(rollout)))
                .ago("changed", "changed_at")
                .show(client.api(here), RolloutNamed.PATH, query, limit, this::nothing);
    }

    private String nothing() {
        return "There is no such rollout. To make one: " + client.command("rollout start MODEL VERSION");
    }
}

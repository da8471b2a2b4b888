package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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
        HubClient api = client.api(here);
        Map<String, String> query = new LinkedHashMap<>();
        if (state != null) {
            query.put("state", state);
        }
        if (model != null) {
            query.put("model", model);
        }
        if (client.json) {
            query.putAll(Pages.first(limit));
            here.print(api.get(RolloutNamed.PATH, query));
            return ExitCode.OK;
        }
        Table table = new Table()
                .right("id")
                .left("name")
                .left("model")
                .left("version")
                .left("state")
                .right("percent")
                .right("devices")
                .right("done")
                .right("failed")
                .left("changed");
        Instant now = here.clock().instant();
        for (Json rollout : Pages.all(api, RolloutNamed.PATH, query, limit)) {
            Json counts = rollout.member("counts");
            table.row(List.of(
                    Table.Cell.of(rollout.textOrEmpty("id")),
                    Table.Cell.of(rollout.textOrEmpty("name")),
                    Table.Cell.of(rollout.textOrEmpty("model")),
                    Table.Cell.of(rollout.textOrEmpty("version")),
                    Table.Cell.of(rollout.textOrEmpty("state")),
                    Table.Cell.of(rollout.textOrEmpty("percent")),
                    Table.Cell.of(counts.textOrEmpty("devices")),
                    Table.Cell.of(counts.textOrEmpty("done")),
                    Table.Cell.of(Long.toString(RolloutText.failed(rollout))),
                    Ago.cell(rollout.textOrEmpty("changed_at"), now)));
        }
        if (table.isEmpty()) {
            here.err()
                    .println("There is no such rollout. To make one: "
                            + client.command("rollout start MODEL VERSION"));
        } else {
            table.print(here, client.style(here));
        }
        return ExitCode.OK;
    }
}

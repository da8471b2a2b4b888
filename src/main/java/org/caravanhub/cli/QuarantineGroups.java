package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan message quarantine groups}. */
@Command(
        name = "groups",
        description = {
            "List what is in quarantine, alike messages together, the largest group first.",
            "Then: caravan message quarantine test --flow FLOW, and replay."
        })
final class QuarantineGroups implements Callable<Integer> {
    private static final String PATH = "/api/v1/quarantine-groups";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final QuarantineSelection selection = new QuarantineSelection();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    QuarantineGroups(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = selection.query();
        query.putAll(Pages.first(limit));
        HubClient api = client.api(here);
        if (client.json) {
            here.print(api.get(PATH, query));
            return ExitCode.OK;
        }
        Json page = api.json(PATH, query);
        Table table = new Table()
                .right("count")
                .left("cause")
                .left("flow")
                .left("step")
                .left("device")
                .left("last")
                .right("example")
                .left("reason");
        Instant now = here.clock().instant();
        for (Json group : page.member("items").items()) {
            table.row(List.of(
                    Table.Cell.of(group.textOrEmpty("count")),
                    Table.Cell.of(group.textOrEmpty("cause")),
                    Table.Cell.of(group.textOrEmpty("flow")),
                    Table.Cell.of(group.textOrEmpty("step")),
                    Table.Cell.of(group.textOrEmpty("device")),
                    Ago.cell(group.textOrEmpty("last_at"), now),
                    Table.Cell.of(group.textOrEmpty("example")),
                    Table.Cell.of(group.textOrEmpty("reason"))));
        }
        if (table.isEmpty()) {
            here.err().println("Nothing of that is quarantined.");
        } else {
            table.print(here, client.style(here));
        }
        return ExitCode.OK;
    }
}

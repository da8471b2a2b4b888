package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan flow history}. */
@Command(
        name = "history",
        description = {
            "List what a flow file was, newest first: who changed it, and whether it ran.",
            "Works with the hub down, too."
        })
final class FlowVersions implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FILE", description = "The flow file: alert/frost.camel.yaml")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    FlowVersions(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        FlowTarget target = FlowTarget.of(file, client.settings(here).routes());
        if (client.json) {
            here.print(client.api(here).get(target.resource() + "/history", Map.of()));
            return ExitCode.OK;
        }
        List<FlowPast.Version> versions = FlowPast.of(client, here).versions(target);
        if (versions.isEmpty()) {
            throw new CommandFailed(ExitCode.NOT_FOUND, "nothing is remembered of " + Plain.line(target.path()), "");
        }
        Table table = new Table()
                .right("n")
                .left("version")
                .left("result")
                .left("when")
                .left("by")
                .left("mistake");
        Instant now = here.clock().instant();
        for (FlowPast.Version version : versions) {
            table.row(List.of(
                    Table.Cell.of(Long.toString(version.number())),
                    Table.Cell.of(version.id()),
                    Table.Cell.of(version.result()),
                    Ago.cell(version.at(), now),
                    Table.Cell.of(version.who()),
                    Table.Cell.of(version.mistake())));
        }
        table.print(here, client.style(here));
        return ExitCode.OK;
    }
}

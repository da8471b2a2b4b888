package org.caravanhub.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan flow remove}. */
@Command(
        name = "remove",
        description = {
            "Stop the flows of a file for good and delete it. What the brokers keep for them is forgotten.",
            "Its history is kept: restore brings it back."
        })
final class FlowRemove implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FILE", description = "The flow file: alert/frost.camel.yaml")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    FlowRemove(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        FlowTarget target = FlowTarget.of(file, client.settings(here).routes());
        HubClient api = client.api(here).orNext(client.command("flow list"));
        String version = api.json("/api/v1/flow-files", Map.of()).member("items").items().stream()
                .filter(one -> one.textOrEmpty("path").equals(target.path()))
                .map(one -> one.text("version").orElse(one.textOrEmpty("running_version")))
                .findFirst()
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.NOT_FOUND, "there is no flow file " + Plain.line(target.path()), ""));
        api.delete(target.resource(), version);
        here.out().println(Plain.line(target.path() + " is removed, and its flows are stopped."));
        client.hint(here, "to bring it back: " + client.command("flow restore " + target.path()));
        return ExitCode.OK;
    }
}

package org.caravanhub.cli;

import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan flow restore}. */
@Command(
        name = "restore",
        description = {
            "Write the version of a flow file that ran last, or an earlier one, back into the file, and run it.",
            "What was in the file is kept in its history."
        })
final class FlowRestore implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FILE[@N]", description = "The flow file, and the version: alert/frost.camel.yaml@3")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    FlowRestore(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        FlowTarget target = FlowTarget.of(file, client.settings(here).routes());
        Json restored = client.api(here)
                .orNext(client.command("flow history " + target.path()))
                .post(
                        target.resource() + "/restore"
                                + target.number()
                                        .map(number -> "?number=" + number)
                                        .orElse(""),
                        "application/json",
                        new byte[0]);
        here.out()
                .println(Plain.line(
                        target.path() + " is version " + restored.textOrEmpty("version") + " again, and runs."));
        client.hint(here, "what it was before: " + client.command("flow history " + target.path()));
        return ExitCode.OK;
    }
}

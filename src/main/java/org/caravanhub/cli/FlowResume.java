package org.caravanhub.cli;

import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan flow resume}. */
@Command(name = "resume", description = "Let a paused flow run again; what brokers kept for it comes first.")
final class FlowResume implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FLOW", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String flow;

    FlowResume(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        client.api(here)
                .orNext(client.command("flow list"))
                .post("/api/v1/flows/" + HubClient.encoded(flow) + "/resume", "application/json", new byte[0]);
        here.out().println(Plain.line(flow) + " runs.");
        return ExitCode.OK;
    }
}

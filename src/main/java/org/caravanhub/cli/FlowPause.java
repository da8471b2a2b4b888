package org.caravanhub.cli;

import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan flow pause}. */
@Command(
        name = "pause",
        description = {
            "Stop a flow until it is resumed; it stays so over restarts and edits.",
            "The brokers keep its messages meanwhile, but for those of QoS 0."
        })
final class FlowPause implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FLOW", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String flow;

    FlowPause(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        client.api(here)
                .orNext(client.command("flow list"))
                .post("/api/v1/flows/" + HubClient.encoded(flow) + "/pause", "application/json", new byte[0]);
        here.out().println(Plain.line(flow) + " is paused; brokers keep its messages, but for those of QoS 0.");
        client.hint(here, client.command("flow resume " + Plain.line(flow)));
        return ExitCode.OK;
    }
}

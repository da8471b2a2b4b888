package org.caravanhub.cli;

import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether a flow runs, by its id. */
abstract class FlowSwitch implements Callable<Integer> {
    private final Surroundings here;
    private final String operation;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "FLOW", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String flow;

    /** @param operation the last word of the path */
    FlowSwitch(Surroundings here, String operation) {
        this.here = here;
        this.operation = operation;
    }

    @Override
    public Integer call() {
        client.api(here)
                .orNext(client.command("flow list"))
                .post("/api/v1/flows/" + HubClient.encoded(flow) + "/" + operation, "application/json", new byte[0]);
        tell(Plain.line(flow), here, client);
        return ExitCode.OK;
    }

    /** Says what the flow does now, and what to type next. */
    abstract void tell(String name, Surroundings where, ClientOptions options);
}

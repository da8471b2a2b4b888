package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan flow show}. */
@Command(
        name = "show",
        description = "Show a flow as a tree of its steps, with the line of each in its file and what passed it.")
final class FlowShow implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "The flow's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    FlowShow(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("flow list"))
                .get("/api/v1/flows/" + HubClient.encoded(id), Map.of());
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json flow = Json.parse(body);
        Style style = client.style(here);
        Instant now = here.clock().instant();
        here.out()
                .println(style.bold(Plain.line(flow.textOrEmpty("id"))) + "  "
                        + FlowTree.state(flow.textOrEmpty("state"), style) + "  "
                        + Plain.line(flow.textOrEmpty("file")));
        here.out().println(Plain.line(flow.textOrEmpty("description")));
        flow.text("problem").ifPresent(problem -> here.out().println(style.bad(Plain.line(problem))));
        String trouble = FlowTree.trouble(flow.member("trouble"));
        if (!trouble.isEmpty()) {
            here.out().println(style.warning(style.symbol("▲", "!") + " " + Plain.line(trouble)));
        }
        here.out()
                .println("messages " + flow.textOrEmpty("messages") + ", " + flow.textOrEmpty("messages_per_minute")
                        + "/min, failed " + flow.textOrEmpty("failed") + ", in flight " + flow.textOrEmpty("in_flight")
                        + ", last "
                        + flow.text("last_at")
                                .map(at -> Ago.cell(at, now).shown())
                                .orElse("never")
                        + flow.text("policy")
                                .map(policy -> ", on failure " + policy)
                                .orElse(""));
        here.out().println();
        new FlowTree(here, style).print(flow.member("nodes").items());
        return ExitCode.OK;
    }
}

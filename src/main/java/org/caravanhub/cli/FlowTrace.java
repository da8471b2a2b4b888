package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan flow trace}. */
@Command(
        name = "trace",
        description = {
            "Show what each step of a flow does with the next messages, as they come.",
            "Ends after as many as are wanted, or after a minute; Ctrl-C ends it before. Passwords and secrets are masked."
        })
final class FlowTrace implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 500;

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "The flow's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @Option(
            names = {"-n", "--messages"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many messages, 1 to 100; a batch is one. Default: 10")
    private int messages;

    FlowTrace(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("flow list"));
        Json trace = api.post(
                "/api/v1/flows/" + HubClient.encoded(id) + "/trace?messages=" + messages,
                "application/json",
                new byte[0]);
        String path = "/api/v1/traces/" + HubClient.encoded(trace.textOrEmpty("id"));
        long seen = 0;
        here.err().println("Waiting for messages of " + Plain.line(id) + " for up to a minute.");
        boolean isOver = false;
        while (!isOver) {
            byte[] body = api.get(path, Map.of("after", trace.textOrEmpty("next")));
            trace = Json.parse(body);
            isOver = trace.textOrEmpty("over").equals("true");
            if (client.json) {
                if (!trace.member("steps").items().isEmpty() || isOver) {
                    here.print(body);
                }
            } else {
                for (Json step : trace.member("steps").items()) {
                    print(step, seen);
                    seen = step.number("message");
                }
            }
            if (!isOver && !slept()) {
                return ExitCode.INTERRUPTED;
            }
        }
        if (seen == 0 && !client.json) {
            here.err().println("No message came.");
        }
        return ExitCode.OK;
    }

    private void print(Json step, long before) {
        Style style = client.style(here);
        FlowTree tree = new FlowTree(here, style);
        if (step.number("message") != before) {
            here.out()
                    .println(style.bold("message " + step.textOrEmpty("message")) + "  "
                            + Plain.line(step.textOrEmpty("at")));
        }
        here.out()
                .println("%4s  %s  %s"
                        .formatted(
                                step.textOrEmpty("line"),
                                Plain.line(step.textOrEmpty("step")),
                                tree.time(step.number("took_us"))));
        String arrow = style.symbol("→", "->");
        here.out().println("      in  " + Plain.line(step.textOrEmpty("body_before")));
        step.text("body_after").ifPresent(body -> here.out().println("      out " + Plain.line(body)));
        step.member("headers").members().forEach((name, value) -> here.out()
                .println("      " + Plain.line(name) + " " + arrow + " " + Plain.line(value)));
        step.text("error").ifPresent(error -> here.out().println(style.bad("      failed: " + Plain.line(error))));
    }

    private static boolean slept() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package org.caravanhub.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan flow list}. */
@Command(
        name = "list",
        description = "List the flows: how each is, and what passed it since it was started or changed.")
final class FlowList implements Callable<Integer> {
    private static final String PATH = "/api/v1/flows";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only flows that are running, paused, failing, rejected or stopped.")
    private @Nullable String state;

    FlowList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here).get(PATH, state == null ? Map.of() : Map.of("state", state));
        int code = new Listing(here, client)
                .left("id")
                .left("state")
                .right("messages")
                .right("per min", "messages_per_minute")
                .right("failed")
                .agoOrNever("last", "last_at")
                .left("begins with", flow -> flow.textOrEmpty("begins"))
                .show(body, () -> state == null ? "There is no flow." : "No flow is " + Plain.line(state) + ".");
        if (!client.json) {
            tellTrouble(Json.parse(body));
        }
        return code;
    }

    /** Whatever is not as it should be, with what to type next. */
    private void tellTrouble(Json answer) {
        List<Json> wrong = new ArrayList<>();
        for (Json flow : answer.member("items").items()) {
            if (!List.of("running", "paused").contains(flow.textOrEmpty("state"))) {
                wrong.add(flow);
            }
        }
        Style style = client.style(here);
        for (Json flow : wrong) {
            String id = Plain.line(flow.textOrEmpty("id"));
            String why = flow.text("problem").orElseGet(() -> FlowTree.trouble(flow.member("trouble")));
            here.err()
                    .println(style.warning(style.symbol("▲", "!")) + " " + id + " is "
                            + Plain.line(flow.textOrEmpty("state")) + (why.isEmpty() ? "" : ": " + Plain.line(why)));
            client.hint(here, client.command("flow show " + id));
        }
    }
}

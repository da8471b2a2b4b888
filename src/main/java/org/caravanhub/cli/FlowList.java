package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
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
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json answer = Json.parse(body);
        Instant now = here.clock().instant();
        Table table = new Table()
                .left("id")
                .left("state")
                .right("messages")
                .right("per min")
                .right("failed")
                .left("last")
                .left("begins with");
        for (Json flow : answer.member("items").items()) {
            String last = flow.textOrEmpty("last_at");
            table.row(List.of(
                    Table.Cell.of(flow.textOrEmpty("id")),
                    Table.Cell.of(flow.textOrEmpty("state")),
                    Table.Cell.of(flow.textOrEmpty("messages")),
                    Table.Cell.of(flow.textOrEmpty("messages_per_minute")),
                    Table.Cell.of(flow.textOrEmpty("failed")),
                    last.isEmpty() ? new Table.Cell("", "never") : Ago.cell(last, now),
                    Table.Cell.of(flow.textOrEmpty("begins"))));
        }
        if (table.isEmpty()) {
            here.err().println(state == null ? "There is no flow." : "No flow is " + Plain.line(state) + ".");
        } else {
            table.print(here, client.style(here));
            tellTrouble(answer);
        }
        return ExitCode.OK;
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

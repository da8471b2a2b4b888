package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan message quarantine show}. */
@Command(name = "show", description = "Show a message in quarantine: why it is there, and what was sent.")
final class QuarantineShow implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "Its number, as the list tells it.")
    private long id;

    QuarantineShow(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("message quarantine list"))
                .get("/api/v1/quarantine/" + id, Map.of());
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json message = Json.parse(body);
        Instant now = here.clock().instant();
        Table table = new Table().left("what").left("value");
        table.row(List.of(Table.Cell.of("received"), Ago.cell(message.textOrEmpty("received_at"), now)));
        for (String name : List.of("topic", "device", "cause", "reason", "flow", "step", "place", "size")) {
            table.row(List.of(Table.Cell.of(name), Table.Cell.of(message.textOrEmpty(name))));
        }
        message.text("payload_text")
                .ifPresentOrElse(
                        text -> table.row(List.of(Table.Cell.of("payload"), Table.Cell.of(text))),
                        () -> table.row(List.of(
                                Table.Cell.of("payload_base64"),
                                Table.Cell.of(message.textOrEmpty("payload_base64")))));
        table.print(here, client.style(here));
        return ExitCode.OK;
    }
}

package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan alert show}. */
@Command(name = "show", description = "Show an alert: what, since when, and what to do.")
final class AlertShow implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "ID", description = "Its number, as the list shows it.")
    private long id;

    AlertShow(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body =
                client.api(here).orNext(client.command("alert list --all")).get("/api/v1/alerts/" + id, Map.of());
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json alert = Json.parse(body);
        Instant now = here.clock().instant();
        Style style = client.style(here);
        here.out().println(style.bold(Plain.line(alert.textOrEmpty("title"))));
        alert.textOrEmpty("text").lines().forEach(line -> here.out().println(Plain.line(line)));
        Table table = new Table().left("what").left("value");
        for (String name : List.of("id", "state", "severity", "name", "device", "flow", "count", "muted")) {
            alert.text(name)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> table.row(List.of(Table.Cell.of(name), Table.Cell.of(value))));
        }
        for (String name : List.of("opened_at", "last_at", "told_at", "closes_at", "acknowledged_at", "resolved_at")) {
            alert.text(name)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> table.row(List.of(Table.Cell.of(name), Ago.cell(value, now))));
        }
        for (String name : List.of("acknowledged_by", "resolved_why")) {
            alert.text(name)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> table.row(List.of(Table.Cell.of(name), Table.Cell.of(value))));
        }
        table.print(here, style);
        if (alert.textOrEmpty("state").equals("open")) {
            client.hint(here, client.command("alert ack " + id));
        }
        return ExitCode.OK;
    }
}

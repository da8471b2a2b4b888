package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device events}. */
@Command(name = "events", description = "List what happened at a device, newest first.")
final class DeviceEvents implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    DeviceEvents(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("device list"));
        String path = "/api/v1/devices/" + HubClient.encoded(device) + "/events";
        if (client.json) {
            here.print(api.get(path, Pages.first(limit)));
            return ExitCode.OK;
        }
        Table table = new Table().left("when").left("severity").left("event").left("message");
        Instant now = here.clock().instant();
        for (Json event : Pages.all(api, path, Map.of(), limit)) {
            table.row(List.of(
                    Ago.cell(event.textOrEmpty("said_at"), now),
                    Table.Cell.of(event.textOrEmpty("severity")),
                    Table.Cell.of(event.textOrEmpty("name")),
                    Table.Cell.of(event.textOrEmpty("message"))));
        }
        if (table.isEmpty()) {
            here.err().println("Nothing happened at device \"" + Plain.line(device) + "\" that it told of.");
        } else {
            table.print(here, client.style(here));
        }
        return ExitCode.OK;
    }
}

package org.caravanhub.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan device list}. */
@Command(name = "list", description = "List the devices that were heard.")
final class DeviceList implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "1000",
            description = "At most so many. Default: 1000")
    private int limit;

    DeviceList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws java.io.IOException {
        HubClient api = client.api(here);
        if (client.json) {
            here.out().write(api.get("/api/v1/devices", Pages.first(limit)));
            here.out().println();
            return ExitCode.OK;
        }
        Table table = new Table()
                .left("id")
                .left("state")
                .left("last_seen")
                .right("stored")
                .right("duplicate")
                .right("quarantined")
                .left("family");
        Instant now = here.clock().instant();
        for (Json device : Pages.all(api, "/api/v1/devices", new LinkedHashMap<>(Map.of()), limit)) {
            table.row(List.of(
                    Table.Cell.of(device.textOrEmpty("id")),
                    Table.Cell.of(device.textOrEmpty("state")),
                    Ago.cell(device.textOrEmpty("last_seen_at"), now),
                    Table.Cell.of(device.textOrEmpty("stored")),
                    Table.Cell.of(device.textOrEmpty("duplicate")),
                    Table.Cell.of(device.textOrEmpty("quarantined")),
                    Table.Cell.of(device.textOrEmpty("family"))));
        }
        if (table.isEmpty()) {
            here.err().println("No device was heard yet. Publish to caravan/NAME/telemetry, or try: caravan demo");
        } else {
            table.print(here, client.style(here));
        }
        return ExitCode.OK;
    }
}

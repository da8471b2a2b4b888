package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan message quarantine list}. */
@Command(name = "list", description = "List the messages in quarantine, newest first.")
final class QuarantineList implements Callable<Integer> {
    private static final String PATH = "/api/v1/quarantine";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only what this device sent.")
    private @Nullable String device;

    @Option(names = "--cause", paramLabel = "CAUSE", description = "Only this class of mistake, for example not_json.")
    private @Nullable String cause;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    QuarantineList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here);
        Map<String, String> query = new LinkedHashMap<>();
        if (device != null) {
            query.put("device", device);
        }
        if (cause != null) {
            query.put("cause", cause);
        }
        if (client.json) {
            query.putAll(Pages.first(limit));
            here.print(api.get(PATH, query));
            return ExitCode.OK;
        }
        Table table = new Table()
                .right("id")
                .left("received")
                .left("device")
                .left("cause")
                .left("topic")
                .left("reason");
        Instant now = here.clock().instant();
        for (Json message : Pages.all(api, PATH, query, limit)) {
            table.row(List.of(
                    Table.Cell.of(message.textOrEmpty("id")),
                    Ago.cell(message.textOrEmpty("received_at"), now),
                    Table.Cell.of(message.textOrEmpty("device")),
                    Table.Cell.of(message.textOrEmpty("cause")),
                    Table.Cell.of(message.textOrEmpty("topic")),
                    Table.Cell.of(message.textOrEmpty("reason"))));
        }
        if (table.isEmpty()) {
            here.err().println(nothing());
        } else {
            table.print(here, client.style(here));
        }
        return ExitCode.OK;
    }

    private String nothing() {
        String filter = (device == null ? "" : " of device \"" + Plain.line(device) + "\"")
                + (cause == null ? "" : " with cause \"" + Plain.line(cause) + "\"");
        return filter.isEmpty()
                ? "Nothing is quarantined. Malformed messages wait here instead of being lost."
                : "Nothing" + filter + " is quarantined. Everything that is: "
                        + client.command("message quarantine list");
    }
}

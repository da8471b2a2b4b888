package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan alert list}. */
@Command(name = "list", description = "List the alerts that are not over, newest first.")
final class AlertList implements Callable<Integer> {
    private static final String PATH = "/api/v1/alerts";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--all", description = "Those that are over, too.")
    private boolean all;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only those of this device.")
    private @Nullable String device;

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "Only low, normal, high or urgent ones.")
    private @Nullable String severity;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "100",
            description = "At most so many. Default: 100")
    private int limit;

    AlertList(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here);
        Map<String, String> query = new LinkedHashMap<>();
        if (all) {
            query.put("state", "all");
        }
        if (device != null) {
            query.put("device", device);
        }
        if (severity != null) {
            query.put("severity", severity);
        }
        if (client.json) {
            query.putAll(Pages.first(limit));
            here.print(api.get(PATH, query));
            return ExitCode.OK;
        }
        Table table = new Table()
                .right("id")
                .left("severity")
                .left("state")
                .left("since")
                .right("count")
                .left("device")
                .left("name")
                .left("title");
        Instant now = here.clock().instant();
        for (Json alert : Pages.all(api, PATH, query, limit)) {
            boolean isMuted = alert.text("muted").filter("true"::equals).isPresent();
            table.row(List.of(
                    Table.Cell.of(alert.textOrEmpty("id")),
                    Table.Cell.of(alert.textOrEmpty("severity")),
                    Table.Cell.of(alert.textOrEmpty("state") + (isMuted ? ", muted" : "")),
                    Ago.cell(alert.textOrEmpty("opened_at"), now),
                    Table.Cell.of(Long.toString(alert.number("count"))),
                    Table.Cell.of(alert.textOrEmpty("device")),
                    Table.Cell.of(alert.textOrEmpty("name")),
                    Table.Cell.of(alert.textOrEmpty("title"))));
        }
        if (table.isEmpty()) {
            here.err()
                    .println(
                            all
                                    ? "There is no such alert."
                                    : (device == null && severity == null
                                                    ? "No alert is open."
                                                    : "No such alert is open.")
                                            + " Those that are over: "
                                            + client.command("alert list --all"));
        } else {
            table.print(here, client.style(here));
        }
        return ExitCode.OK;
    }
}

package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan rollout status}. */
@Command(
        name = "status",
        description = {
            "Show how far a rollout is, and each of its devices with the reason; those that failed first.",
            "In the bar # is done, x failed, > at it, - waiting.",
            "With --watch it ends with 0 if every device is done, 8 if some are not, 1 if the rollout is paused or stopped."
        })
final class RolloutStatus extends RolloutNamed implements Callable<Integer> {
    private static final int MOST_DEVICES = 10_000;
    private static final List<String> ORDER = List.of(
            "failed",
            "rolled_back",
            "timed_out",
            "verifying",
            "installing",
            "downloading",
            "offered",
            "waiting",
            "done");

    @Option(names = "--watch", description = "Show what happens as it happens, until the rollout ends or is paused.")
    private boolean isWatching;

    RolloutStatus(Surroundings here) {
        super(here);
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = api();
        String path = PATH + "/" + id(api);
        if (isWatching) {
            return new RolloutWatch(here, client, api, path).watch();
        }
        byte[] body = api.get(path, Map.of());
        if (client.json) {
            here.print(body);
        } else {
            print(Json.parse(body), Pages.all(api, path + "/updates", Map.of(), MOST_DEVICES));
        }
        return ExitCode.OK;
    }

    @Override
    boolean isAboutAny() {
        return true;
    }

    private void print(Json rollout, List<Json> updates) {
        Style style = client.style(here);
        // A program that reads the table is not disturbed.
        var out = here.terminal() ? here.out() : here.err();
        out.println(RolloutText.head(rollout, style));
        out.println(RolloutText.bar(rollout) + "  " + RolloutText.counts(rollout));
        rollout.text("reason").filter(reason -> !reason.isEmpty()).ifPresent(reason -> out.println(Plain.line(reason)));
        Table table = new Table()
                .left("device")
                .left("state")
                .right("percent")
                .right("attempts")
                .left("since")
                .left("reason");
        Instant now = here.clock().instant();
        List<Json> sorted = new ArrayList<>(updates);
        sorted.sort(Comparator.comparingInt(update -> ORDER.indexOf(update.textOrEmpty("state"))));
        for (Json update : sorted) {
            String state = update.textOrEmpty("state");
            table.row(List.of(
                    Table.Cell.of(update.textOrEmpty("device")),
                    new Table.Cell(state, state.replace('_', ' ')),
                    Table.Cell.of(state.equals("downloading") ? update.textOrEmpty("percent") : ""),
                    Table.Cell.of(update.textOrEmpty("attempts")),
                    Ago.cell(update.textOrEmpty("changed_at"), now),
                    Table.Cell.of(update.textOrEmpty("reason"))));
        }
        if (!table.isEmpty()) {
            table.print(here, style);
        }
        if (rollout.textOrEmpty("state").equals("paused")) {
            client.hint(
                    here,
                    client.command("rollout resume " + Plain.line(rollout.textOrEmpty("id"))) + ", or: "
                            + client.command("rollout rollback " + Plain.line(rollout.textOrEmpty("id"))));
        }
    }
}

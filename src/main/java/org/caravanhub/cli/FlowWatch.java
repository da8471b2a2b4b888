package org.caravanhub.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan flow watch}. */
@Command(
        name = "watch",
        description = {
            "Tell each change of the flows as it happens, until Ctrl-C: what was applied, and what was rejected, with its place.",
            "--json is the data of each event, a line each."
        })
final class FlowWatch implements Callable<Integer> {
    private static final String DATA = "data: ";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Option(names = "--once", description = "End after the first change; exit code 6 if it was rejected.")
    private boolean once;

    FlowWatch(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here);
        Style style = client.style(here);
        boolean isFlow = false;
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                api.stream("/api/v1/events", Map.of("topics", "flow")), StandardCharsets.UTF_8))) {
            here.err().println("Watching the flows of " + api.url() + "; Ctrl-C ends.");
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (line.startsWith("event: ")) {
                    isFlow = line.equals("event: flow");
                } else if (isFlow && line.startsWith(DATA)) {
                    Json change = tell(line.substring(DATA.length()), style);
                    if (once) {
                        return change.textOrEmpty("what").equals("rejected") ? ExitCode.INVALID : ExitCode.OK;
                    }
                }
            }
        }
        throw new CommandFailed(ExitCode.UNREACHABLE, "the hub ended the stream", client.command("status"));
    }

    private Json tell(String data, Style style) throws IOException {
        Json change = Json.parse(data.getBytes(StandardCharsets.UTF_8));
        if (client.json) {
            here.out().println(data);
            return change;
        }
        String what = change.textOrEmpty("what");
        boolean isBad = what.equals("rejected") || what.equals("gone");
        String about = change.textOrEmpty("file");
        String flows = ids(change, "started").isEmpty() ? ids(change, "stopped") : ids(change, "started");
        here.out()
                .println((isBad ? style.bad(what) : style.good(what)) + "  "
                        + Plain.line(
                                about.isEmpty() ? flows : about + "  " + change.textOrEmpty("version") + "  " + flows));
        for (Json mistake : change.member("errors").items()) {
            here.out().println(Plain.line(FlowMistake.text(mistake)));
            if (!mistake.textOrEmpty("excerpt").isEmpty()) {
                here.out().println("  " + Plain.line(mistake.textOrEmpty("excerpt")));
            }
        }
        return change;
    }

    private static String ids(Json change, String name) {
        return String.join(
                ", ", change.member(name).items().stream().map(Json::toString).toList());
    }
}

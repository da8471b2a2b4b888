package org.caravanhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan device config}. */
@Command(
        name = "config",
        description = {
            "Show or say how a device should be configured. The broker keeps it for the device, whenever it comes.",
            "get shows it; diff shows where the device reports something else; set FILE replaces it; patch KEY=VALUE... changes some of it:"
                    + " wifi.power=9 is a member of wifi, KEY=null takes one away.",
            "Example: caravan device config hut patch interval_s=30 wifi.power=9"
        })
final class DeviceConfig implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ACTION",
            defaultValue = "GET",
            description = "get, diff, set or patch. Default: get")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Action action;

    @Parameters(
            index = "2..*",
            paramLabel = "WHAT",
            description = "A file of JSON, or - for the input; or KEY=VALUE, several times.")
    private List<String> what = List.of();

    /** What is done. */
    enum Action {
        GET,
        DIFF,
        SET,
        PATCH
    }

    DeviceConfig(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("device list"));
        String path = "/api/v1/devices/" + HubClient.encoded(device) + "/configuration";
        boolean isRead = action == Action.GET || action == Action.DIFF;
        if (isRead != what.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    isRead ? "there is nothing to say to " + word() : "it is not said what to " + word(),
                    client.command("device config " + Plain.line(device)
                            + (action == Action.PATCH ? " patch interval_s=60" : " set FILE")));
        }
        byte[] answer =
                switch (action) {
                    case SET -> {
                        String version = Json.parse(api.get(path, Map.of())).number("version") + "";
                        yield api.change("PUT", path, version, "application/json", document());
                    }
                    case PATCH -> api.patch(path, "", Assignments.json(what, true));
                    default -> api.get(path, Map.of());
                };
        if (client.json) {
            here.print(answer);
            return ExitCode.OK;
        }
        show(Json.parse(answer));
        return ExitCode.OK;
    }

    private String word() {
        return action.name().toLowerCase(java.util.Locale.ROOT);
    }

    private byte[] document() throws IOException {
        try (InputFiles files = InputFiles.of(what)) {
            return Files.readAllBytes(files.paths().get(0));
        }
    }

    private void show(Json answer) {
        if (action != Action.DIFF) {
            Table table = new Table().left("member").left("desired").left("reported");
            Json desired = answer.member("desired");
            Json reported = answer.member("reported");
            Set<String> names = new LinkedHashSet<>(desired.members().keySet());
            names.addAll(reported.members().keySet());
            for (String name : names) {
                table.row(List.of(
                        Table.Cell.of(name),
                        Table.Cell.of(desired.member(name).written()),
                        Table.Cell.of(reported.member(name).written())));
            }
            if (table.isEmpty()) {
                here.err()
                        .println("Nothing is said of how \"" + Plain.line(device)
                                + "\" should be configured, and it reports nothing.");
            } else {
                table.print(here, client.style(here));
            }
        } else {
            Table table = new Table().left("path").left("kind").left("desired").left("reported");
            for (Json one : answer.member("differences").items()) {
                table.row(List.of(
                        Table.Cell.of(one.textOrEmpty("path")),
                        Table.Cell.of(one.textOrEmpty("kind")),
                        Table.Cell.of(one.member("desired").written()),
                        Table.Cell.of(one.member("reported").written())));
            }
            if (table.isEmpty()) {
                here.err().println("There is no difference.");
            } else {
                table.print(here, client.style(here));
            }
        }
        answer.text("warning").ifPresent(warning -> here.err().println(Plain.line(warning)));
        String published = answer.textOrEmpty("published");
        if (action == Action.SET
                || action == Action.PATCH
                || (published.equals("false") && answer.number("version") > 0)) {
            here.err()
                    .println("Version " + answer.number("version") + (published.equals("true") ? " is" : " is not yet")
                            + " at the broker.");
        }
    }
}

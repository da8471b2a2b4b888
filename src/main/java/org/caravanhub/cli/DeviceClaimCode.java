package org.caravanhub.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan device claim-code}. */
@Command(
        name = "claim-code",
        description = {
            "Make a code by which a device provisions itself, once; it is shown this once.",
            "Example: caravan device claim-code --expires 2h --group hut"
        })
final class DeviceClaimCode implements Callable<Integer> {
    private static final String PATH = "/api/v1/claim-codes";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final NewDeviceOptions about = new NewDeviceOptions();

    @Option(names = "--id", paramLabel = "ID", description = "The id that the device gets; without one it may choose.")
    private @Nullable String id;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "How long it is good: 90s, 30m, 24h (the default), 7d.")
    private @Nullable String expires;

    @ArgGroup
    private Other other = new Other();

    /** Something else that is to be done. */
    static final class Other {
        @Option(names = "--list", description = "Show the codes that were made, and what became of them.")
        private boolean list;

        @Option(
                names = "--revoke",
                paramLabel = "CODE-ID",
                description = "Take a code back that nobody used, by its id in --list.")
        private @Nullable String revoke;
    }

    DeviceClaimCode(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("device claim-code --list"));
        if (other.list) {
            byte[] body = api.get(PATH, Map.of("limit", "1000"));
            return client.json ? print(body) : list(Json.parse(body));
        }
        if (other.revoke != null && !other.revoke.matches("[0-9a-f]{12}")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "\"" + Plain.line(other.revoke) + "\" is no id of a code; the code itself is not kept",
                    client.command("device claim-code --list") + "   (shows the ids)");
        }
        if (other.revoke != null) {
            byte[] body = api.delete(PATH + "/" + HubClient.encoded(other.revoke));
            if (client.json) {
                return print(body);
            }
            here.out().println("The code " + Plain.line(other.revoke) + " is worth nothing any more.");
            return ExitCode.OK;
        }
        Map<String, String> members = about.members();
        NewDeviceOptions.put(members, "id", id);
        NewDeviceOptions.put(members, "expires", expires);
        byte[] body = api.postForBytes(PATH, "application/json", NewDeviceOptions.json(members, List.of()));
        if (client.json) {
            return print(body);
        }
        Json made = Json.parse(body);
        here.out().println(Plain.line(made.textOrEmpty("code")));
        here.err()
                .println("Good once, until " + Plain.line(made.textOrEmpty("expires_at"))
                        + ". A device sends it to " + Plain.line(made.textOrEmpty("claim"))
                        + " as {\"code\":\"...\"}, and is answered its password.");
        return ExitCode.OK;
    }

    private int print(byte[] body) throws IOException {
        here.print(body);
        return ExitCode.OK;
    }

    private int list(Json page) {
        Instant now = here.clock().instant();
        Table table = new Table()
                .left("id")
                .left("state")
                .left("for")
                .left("made")
                .left("expires")
                .left("used by");
        for (Json code : page.member("items").items()) {
            table.row(List.of(
                    Table.Cell.of(code.textOrEmpty("id")),
                    Table.Cell.of(code.textOrEmpty("state")),
                    Table.Cell.of(code.textOrEmpty("device")),
                    Ago.cell(code.textOrEmpty("made_at"), now),
                    Table.Cell.of(code.textOrEmpty("expires_at")),
                    Table.Cell.of(code.textOrEmpty("used_by"))));
        }
        table.print(here, client.style(here));
        return ExitCode.OK;
    }
}

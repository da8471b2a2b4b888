package org.caravanhub.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.access.Snippets;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device add}. */
@Command(
        name = "add",
        description = {
            "Make a device with its first password, which is shown this once.",
            "Example: caravan device add hut-1 --model esp32 --snippet arduino"
        })
final class DeviceAdd implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final NewDeviceOptions about = new NewDeviceOptions();

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description = "Its id: 1 to 64 of A-Z a-z 0-9 . _ - Without one it is made from the name.")
    private @Nullable String id;

    @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
    private @Nullable String name;

    @Option(names = "--tag", paramLabel = "TAG", description = "A word of yours; may be given several times.")
    private List<String> tags = List.of();

    @Option(names = "--location", paramLabel = "PLACE", description = "Where it is.")
    private @Nullable String location;

    @Option(names = "--notes", paramLabel = "TEXT", description = "Whatever else.")
    private @Nullable String notes;

    @Option(
            names = "--snippet",
            paramLabel = "KIND",
            description =
                    "Show what is pasted into its firmware, with the password in it: esphome, arduino, esp-idf, micropython, mosquitto_pub or curl.")
    private @Nullable String snippet;

    DeviceAdd(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        if (id == null && name == null) {
            throw new CommandFailed(
                    ExitCode.USAGE, "a device has an id or a name; no device was made", "caravan device add hut-door");
        }
        Map<String, String> members = about.members();
        NewDeviceOptions.put(members, "id", id);
        NewDeviceOptions.put(members, "name", name);
        NewDeviceOptions.put(members, "location", location);
        NewDeviceOptions.put(members, "notes", notes);
        List<String> usable = Snippets.of(about.family());
        if (snippet != null && !usable.contains(snippet)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "there is no snippet \"" + Plain.line(snippet) + "\" for the family " + Plain.line(about.family())
                            + "; no device was made",
                    "one of " + String.join(", ", usable));
        }
        HubClient api = client.api(here);
        byte[] body = api.postForBytes("/api/v1/devices", "application/json", NewDeviceOptions.json(members, tags));
        Json issued = Json.parse(body);
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        String device = issued.textOrEmpty("id");
        IssuedText.print(issued, client, here);
        if (snippet != null) {
            here.out().println();
            here.out().print(IssuedText.snippet(api, device, snippet, issued.textOrEmpty("password")));
        } else {
            client.hint(
                    here,
                    "for its firmware: "
                            + client.command("device snippet " + Plain.line(device) + " --for "
                                    + (about.family().equals("esphome") ? "esphome" : "arduino")));
        }
        return ExitCode.OK;
    }
}

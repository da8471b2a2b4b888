package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan alert mute}. */
@Command(
        name = "mute",
        description = {
            "Do not tell alerts of a name, of a device, or of both for a while; they are opened and counted all the same.",
            "Without a name and a device, list what is muted.",
            "Example: caravan alert mute device-offline --device hut --for 8h"
        })
final class AlertMute implements Callable<Integer> {
    private static final String PATH = "/api/v1/alert-mutes";

    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Alerts of this name.")
    private @Nullable String name;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Alerts of this device.")
    private @Nullable String device;

    @Option(names = "--for", paramLabel = "TIME", description = "For how long: 30m, 8h, 7d. Default: 8h")
    private @Nullable String length;

    @Option(names = "--until", paramLabel = "MOMENT", description = "Until when: 2026-06-01T12:00:00Z")
    private @Nullable String until;

    AlertMute(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here);
        if (name == null && device == null) {
            return list(api);
        }
        if (name != null && name.matches("\\d+")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    name + " is a number; alerts are muted by their name, their device, or both",
                    client.command("alert show " + name) + "   (tells them)");
        }
        byte[] body = api.postForBytes(PATH, "application/json", body());
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json mute = Json.parse(body);
        here.out().println(what(mute) + " are not told until " + Plain.line(mute.textOrEmpty("until")) + ".");
        client.hint(here, "to be told again: " + client.command("alert unmute" + AlertUnmute.arguments(name, device)));
        return ExitCode.OK;
    }

    private byte[] body() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("name", name == null ? "" : name);
            json.writeStringField("device", device == null ? "" : device);
            if (until != null) {
                json.writeStringField("until", until);
            }
            if (until == null || length != null) {
                json.writeStringField("for", length == null ? "8h" : length);
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private int list(HubClient api) throws IOException {
        return new Listing(here, client)
                .left("name")
                .left("device")
                .ago("until", "until")
                .left("by", mute -> mute.textOrEmpty("muted_by"))
                .show(
                        api.get(PATH, Map.of()),
                        () -> "Nothing is muted. To mute something: "
                                + client.command("alert mute device-offline --device DEVICE --for 8h"));
    }

    static String what(Json mute) {
        String named = mute.textOrEmpty("name");
        String whose = mute.textOrEmpty("device");
        return Plain.line("Alerts" + (named.isEmpty() ? "" : " " + named) + (whose.isEmpty() ? "" : " of " + whose));
    }
}

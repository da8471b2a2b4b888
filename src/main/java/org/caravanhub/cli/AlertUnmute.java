package org.caravanhub.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan alert unmute}. */
@Command(
        name = "unmute",
        description = "Tell alerts again, as they were muted. What was not told and is not over is told now.")
final class AlertUnmute implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Alerts of this name.")
    private @Nullable String name;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Alerts of this device.")
    private @Nullable String device;

    AlertUnmute(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        if (name == null && device == null) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "it is not said what is to be told again",
                    client.command("alert mute") + "   (lists what is muted)");
        }
        List<String> query = new ArrayList<>();
        if (name != null) {
            query.add("name=" + HubClient.encoded(name));
        }
        if (device != null) {
            query.add("device=" + HubClient.encoded(device));
        }
        Json mute = Json.parse(client.api(here)
                .orNext(client.command("alert mute") + "   (lists what is muted)")
                .delete("/api/v1/alert-mutes?" + String.join("&", query)));
        here.out().println(AlertMute.what(mute) + " are told again.");
        return ExitCode.OK;
    }

    static String arguments(@Nullable String name, @Nullable String device) {
        return Plain.line((name == null ? "" : " " + name) + (device == null ? "" : " --device " + device));
    }
}

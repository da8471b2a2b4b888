package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device commands}. */
@Command(name = "commands", description = "List what a device was asked to do and what came of it, newest first.")
final class DeviceCommands implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Option(
            names = "--cancel",
            paramLabel = "COMMAND",
            description = "Take back the command with this id, which was not sent yet.")
    @Nullable
    private String cancelled;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.class,
            defaultValue = "20",
            description = "At most so many. Default: 20")
    private int limit;

    DeviceCommands(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here)
                .orNext(client.command(cancelled == null ? "device list" : "device commands " + Plain.line(device)));
        String path = "/api/v1/devices/" + HubClient.encoded(device) + "/commands";
        if (cancelled != null) {
            byte[] body = api.postForBytes(path + "/" + HubClient.encoded(cancelled) + "/cancel", "", new byte[0]);
            if (client.json) {
                here.print(body);
            } else {
                here.out()
                        .println(
                                Plain.line(cancelled + " is " + Json.parse(body).textOrEmpty("reason")));
            }
            return ExitCode.OK;
        }
        return new Listing(here, client)
                .ago("when", "created_at")
                .left("command", command -> command.textOrEmpty("name"))
                .left("id")
                .left("state")
                .left("reason")
                .show(
                        api,
                        path,
                        Map.of(),
                        limit,
                        () -> "Device \"" + Plain.line(device) + "\" was not asked to do anything.");
    }
}

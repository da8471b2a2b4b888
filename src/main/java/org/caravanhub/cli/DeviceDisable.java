package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan device disable}. */
@Command(name = "disable", description = "Take nothing of a device any more, until it is enabled.")
final class DeviceDisable implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    DeviceDisable(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("device list"))
                .postForBytes("/api/v1/devices/" + HubClient.encoded(device) + "/disable", "", new byte[0]);
        if (client.json) {
            here.print(body);
        } else {
            here.out().println(device + " is disabled. Nothing that it says is kept.");
        }
        return ExitCode.OK;
    }
}

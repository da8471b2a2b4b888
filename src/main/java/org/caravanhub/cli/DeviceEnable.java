package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan device enable}. */
@Command(name = "enable", description = "Take again what a disabled device says.")
final class DeviceEnable implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    DeviceEnable(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("device list"))
                .postForBytes("/api/v1/devices/" + HubClient.encoded(device) + "/enable", "", new byte[0]);
        if (client.json) {
            here.print(body);
        } else {
            here.out().println(device + " is enabled.");
        }
        return ExitCode.OK;
    }
}

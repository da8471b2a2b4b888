package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether a device is listened to, by its id. */
abstract class DeviceSwitch implements Callable<Integer> {
    private final Surroundings here;
    private final String operation;
    private final String done;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    /**
     * @param operation the last word of the path
     * @param done what is printed behind the id
     */
    DeviceSwitch(Surroundings here, String operation, String done) {
        this.here = here;
        this.operation = operation;
        this.done = done;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("device list"))
                .postForBytes("/api/v1/devices/" + HubClient.encoded(device) + "/" + operation, "", new byte[0]);
        if (client.json) {
            here.print(body);
        } else {
            here.out().println(device + done);
        }
        return ExitCode.OK;
    }
}

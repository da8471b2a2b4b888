package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan device adopt}. */
@Command(
        name = "adopt",
        description = "Register a device that was only heard. What is held of it goes in, with its own times.")
final class DeviceAdopt implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    DeviceAdopt(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = client.api(here)
                .orNext(client.command("device list --unknown"))
                .postForBytes("/api/v1/devices/" + HubClient.encoded(device) + "/adopt", "", new byte[0]);
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        Json answer = Json.parse(body);
        here.out().println(device + " is registered, family " + answer.textOrEmpty("family") + ".");
        if (answer.number("let_in") > 0) {
            here.out().println(answer.number("let_in") + " messages that were held went in.");
        }
        if (answer.number("left") > 0) {
            here.out()
                    .println(answer.number("left") + " stay in quarantine: "
                            + client.command("message quarantine list --device " + device));
        }
        if (answer.textOrEmpty("state").equals("going_on")) {
            here.out().println("What was held of it is still going in.");
        }
        client.hint(here, "give it a name: " + client.command("device rename " + device + " NAME"));
        return ExitCode.OK;
    }
}

package org.caravanhub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan device rename}. */
@Command(
        name = "rename",
        description = {
            "Give a device another name. Its id stays: readings, topics and credentials go by it.",
            "Example: caravan device rename emu01 \"Fridge, galley\""
        })
final class DeviceRename implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Parameters(index = "1", paramLabel = "NAME", description = "For people, in any language. \"\" takes it away.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    DeviceRename(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        byte[] body = DevicePatch.send(client, here, device, json -> json.writeStringField("name", name));
        if (client.json) {
            here.print(body);
        } else {
            here.out()
                    .println(device
                            + (name.isEmpty() ? " has no name now." : " is called " + Plain.line(name) + " now."));
        }
        return ExitCode.OK;
    }
}

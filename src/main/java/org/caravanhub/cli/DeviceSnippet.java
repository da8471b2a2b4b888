package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan device snippet}. */
@Command(
        name = "snippet",
        description = {
            "Show what is pasted into firmware, or a shell, to make a device speak: with its address, names and topics.",
            "Where the password belongs a word stands for it, since the hub does not know it any more.",
            "Example: caravan device snippet hut-1 --for esphome"
        })
final class DeviceSnippet implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(paramLabel = "DEVICE", description = "Its id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    @Option(
            names = "--for",
            required = true,
            paramLabel = "KIND",
            description = "esphome, arduino, esp-idf, micropython, mosquitto_pub or curl.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String kind;

    DeviceSnippet(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        HubClient api = client.api(here).orNext(client.command("device list"));
        if (client.json) {
            here.out()
                    .write(api.get("/api/v1/devices/" + HubClient.encoded(device) + "/snippets", Map.of("for", kind)));
            here.out().println();
        } else {
            here.out().print(IssuedText.snippet(api, device, kind, ""));
        }
        return ExitCode.OK;
    }
}

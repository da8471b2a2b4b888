package org.caravanhub.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.text.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan firmware remove}. */
@Command(
        name = "remove",
        description = {
            "Take a release away. Devices that run it keep it; no device can have it again.",
            "Example: caravan firmware remove van-sensor 1.3.9 --yes"
        })
final class FirmwareRemove implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Which devices it is for.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String model;

    @Parameters(index = "1", paramLabel = "VERSION", description = "Its version.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String version;

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    FirmwareRemove(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        String name = Plain.line(model + " " + version);
        if (!yes) {
            here.err().println(name + " could not be had again, and nobody could bring it back.");
            here.err().println("  → add --yes to do it");
            return ExitCode.USAGE;
        }
        byte[] body = client.api(here)
                .orNext(client.command("firmware list"))
                .deleteForBytes(FirmwareShow.path(model, version), Map.of("confirm", version));
        if (client.json) {
            here.print(body);
            return ExitCode.OK;
        }
        here.out().println(name + " is removed. Devices that run it keep it.");
        return ExitCode.OK;
    }
}

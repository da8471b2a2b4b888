package org.caravanhub.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.demo.EmulatedDevices;
import org.caravanhub.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code caravan up}. */
@Command(name = "up", aliases = "serve", description = "Run the hub in the foreground, until Ctrl-C or SIGTERM.")
final class Up implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    Up(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = HubOptions.settings(spec, here, Map.of());
        here.err().println("Starting Caravan, data in " + settings.data() + " ...");
        FasterStart.prepareLater();
        return Foreground.run(() -> HubOptions.settings(spec, here, Map.of()), () -> EmulatedDevices.NONE);
    }
}

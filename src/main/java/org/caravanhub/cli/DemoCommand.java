package org.caravanhub.cli;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.demo.Demo;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code caravan demo}. */
@Command(
        name = "demo",
        description = {
            "Run a hub with three emulated devices on its real MQTT port, until Ctrl-C.",
            "Its data goes to ./data-demo unless --data says otherwise, and is safe to delete."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String FOLDER = "./data-demo";

    private final Surroundings here;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    DemoCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws InterruptedException {
        // As an option it wins over what is configured: a demo does not write into the data of the real hub unasked.
        Settings settings = HubOptions.settings(spec, here, Map.of(Setting.DATA, FOLDER));
        requireOwn(settings, Setting.MQTT_URL, "broker");
        requireOwn(settings, Setting.DB_URL, "database");
        here.err().println("Starting Caravan's demo, data in " + settings.data() + " ...");
        FasterStart.prepareLater();
        Clock clock = Clock.systemDefaultZone();
        return Foreground.run(
                settings, new Demo(clock, clock.millis(), settings.data().resolve("demo")));
    }

    private static void requireOwn(Settings settings, Setting setting, String what) {
        if (settings.optional(setting).isPresent()) {
            throw new CommandFailed(
                    ExitCode.INVALID,
                    "the demo brings its own " + what + ", and " + settings.place(setting) + " names another",
                    "unset " + setting.key() + " for the demo, or run: caravan up");
        }
    }
}

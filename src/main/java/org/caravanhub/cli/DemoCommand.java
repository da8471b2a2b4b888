package org.caravanhub.cli;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravanhub.demo.Demo;
import org.caravanhub.demo.DemoCloud;
import org.caravanhub.ecoflow.fake.Mood;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caravan demo}. */
@Command(
        name = "demo",
        description = {
            "Run a hub with three emulated devices on its real MQTT port, and a power station in a cloud of its own, until Ctrl-C.",
            "Its data goes to ./data-demo unless --data says otherwise, and is safe to delete."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String FOLDER = "./data-demo";

    private final Surroundings here;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--ecoflow",
            paramLabel = "MOOD",
            converter = CloudMood.class,
            completionCandidates = CloudMood.class,
            description = {
                "How the cloud with the power station answers, to see what comes of it.",
                "One of: ${COMPLETION-CANDIDATES}. Default: well"
            })
    private @Nullable Mood mood;

    DemoCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws InterruptedException {
        // As an option it wins over what is configured: a demo does not write into the data of the real hub unasked.
        Settings settings = HubOptions.settings(spec, here, Map.of(Setting.DATA, FOLDER));
        requireOwn(settings, Setting.MQTT_URL, "broker");
        requireOwn(settings, Setting.DB_URL, "database");
        if (isConfigured(settings)) {
            return run(Map.of(Setting.DATA, FOLDER));
        }
        try (DemoCloud cloud = new DemoCloud(Clock.systemDefaultZone(), mood == null ? Mood.WELL : mood)) {
            Map<Setting, String> overrides = new EnumMap<>(cloud.settings());
            overrides.put(Setting.DATA, FOLDER);
            return run(overrides);
        }
    }

    /** Whoever has a power station sees it in the demo too. */
    private boolean isConfigured(Settings settings) {
        boolean isConfigured = settings.optional(Setting.ECOFLOW_ACCESS_KEY).isPresent();
        if (isConfigured && mood != null) {
            throw new CommandFailed(
                    ExitCode.INVALID,
                    "--ecoflow is for the demo's own cloud, and " + settings.place(Setting.ECOFLOW_ACCESS_KEY)
                            + " names an account at EcoFlow",
                    "unset " + Setting.ECOFLOW_ACCESS_KEY.key() + " for the demo, or leave out --ecoflow");
        }
        return isConfigured;
    }

    private Integer run(Map<Setting, String> overrides) throws InterruptedException {
        Settings settings = HubOptions.settings(spec, here, overrides);
        here.err().println("Starting Caravan's demo, data in " + settings.data() + " ...");
        FasterStart.prepareLater();
        Clock clock = Clock.systemDefaultZone();
        return Foreground.run(
                () -> HubOptions.settings(spec, here, overrides),
                () -> new Demo(clock, clock.millis(), settings.data().resolve("demo")));
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
